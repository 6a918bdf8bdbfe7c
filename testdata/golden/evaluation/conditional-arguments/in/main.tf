variable "read" {
  type = bool
}

variable "write" {
  type = bool
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "a" {
  description = "a"
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

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

locals {
  keys = concat(var.read ? [{
    Effect   = "Allow"
    Action   = "kms:Decrypt"
    Resource = aws_kms_key.a.arn
    }] : [], var.write ? [{
    Effect   = "Allow"
    Action   = "kms:ReEncryptFrom"
    Resource = aws_kms_key.a.arn
  }] : [])
}

resource "aws_iam_role_policy" "inline" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "*"
      }
    ], local.keys)
  })
}

resource "aws_iam_role_policy" "tail" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      {
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = "*"
      }
      ], var.read ? [{
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.a.arn
        }] : [], var.write ? [{
        Effect   = "Allow"
        Action   = "kms:ReEncryptFrom"
        Resource = aws_kms_key.a.arn
    }] : [])
  })
}
