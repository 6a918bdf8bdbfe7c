terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      version               = "~> 5.0"
      configuration_aliases = [aws.there]
    }
  }
}

variable "role_name" {
  type = string
}

variable "role_arn" {
  type = string
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "here" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}

resource "aws_kms_key" "there" {
  provider = aws.there

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}

resource "aws_kms_alias" "there" {
  provider      = aws.there
  name          = "alias/there"
  target_key_id = aws_kms_key.there.key_id
}

data "aws_kms_alias" "there" {
  provider = aws.there
  name     = "alias/there"
}

data "aws_kms_alias" "here" {
  name = "alias/there"
}

resource "aws_iam_role_policy" "app" {
  role = var.role_name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = [aws_kms_key.here.arn, aws_kms_key.there.arn]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:ReEncryptTo", "kms:Encrypt"]
        Resource = data.aws_kms_alias.there.target_key_arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:ReEncryptFrom", "kms:Encrypt"]
        Resource = data.aws_kms_alias.here.target_key_arn
      },
    ]
  })
}
