variable "role_name" {}

variable "key_arn" {}

resource "aws_iam_role_policy" "app" {
  name = "app"
  role = var.role_name

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
