variable "name" {
  type = string
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "logs" {
  description = var.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
}

output "key_arn" {
  value = aws_kms_key.logs.arn
}
