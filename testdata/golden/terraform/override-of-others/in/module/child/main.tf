variable "role" {
  type = string
}

variable "key_arn" {
  type = string
}

resource "aws_iam_role_policy" "access" {
  role = var.role

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
