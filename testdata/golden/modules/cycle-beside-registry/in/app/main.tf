variable "key_arn" {
  type = string
}

variable "config" {
  type = object({ name = string, topic = string })
}

resource "aws_iam_role" "app" {
  name               = var.config.name
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.key_arn
      }
    ]
  })
}

output "role_arn" {
  value = aws_iam_role.app.arn
}
