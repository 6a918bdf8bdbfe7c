data "aws_caller_identity" "current" {}

resource "aws_kms_key" "data" {
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

resource "aws_kms_key" "other" {
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

locals {
  keys = { data = { arn = aws_kms_key.data.arn } }
}

output "key_arn" {
  value = aws_kms_key.data.arn
}

output "keys" {
  value = local.keys
}

output "list" {
  value = [aws_kms_key.data.arn]
}

output "text" {
  value = "none"
}

terraform {
  backend "s3" {
    bucket = "b"
    key    = "keys/state"
  }
}
