data "aws_caller_identity" "current" {}

resource "aws_kms_key" "this" {
  description = var.description

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Delegate"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
}
