terraform {
  backend "local" {}
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Root"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
}

output "by_name" {
  value = { data = { arn = aws_kms_key.data.arn } }
}

output "list" {
  value = [aws_kms_key.data.arn]
}

output "keys" {
  value = { data = aws_kms_key.data }
}
