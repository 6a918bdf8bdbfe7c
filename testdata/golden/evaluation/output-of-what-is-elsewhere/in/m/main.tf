variable "arn" {
  type = string
}

output "arn" {
  value = var.arn
}

output "arns" {
  value = [var.arn]
}

output "map" {
  value = { arn = var.arn }
}

resource "aws_iam_role" "own" {
  name               = "own"
  assume_role_policy = "{}"
}

output "own" {
  value = aws_iam_role.own.arn
}

output "owns" {
  value = [aws_iam_role.own.arn]
}

output "name" {
  value = aws_iam_role.own.name
}
