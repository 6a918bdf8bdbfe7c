variable "name" {
  type = string
}

variable "key_arn" {
  type = string
}

resource "aws_iam_role" "app" {
  name               = var.name
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = var.key_arn
    }]
  })
}
