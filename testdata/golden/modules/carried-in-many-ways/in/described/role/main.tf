variable "key" {
  type = string
}

resource "aws_iam_role" "default" {
  name               = "described-app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.default.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = var.key
    }]
  })
}

output "name" {
  description = "Of the role"
  value       = aws_iam_role.default.name
}
