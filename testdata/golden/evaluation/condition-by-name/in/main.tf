variable "env" {
  type = string
}

data "aws_caller_identity" "current" {}

locals {
  is_prod = var.env == "prod"
  skip    = !local.is_prod
}

resource "aws_kms_key" "data" {
  description = "data"
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

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(local.is_prod ? [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.data.arn
      }] : [], "${var.env == "test"}" ? [{
      Effect   = "Allow"
      Action   = ["kms:ReEncryptTo", "kms:Encrypt"]
      Resource = aws_kms_key.data.arn
    }] : [])
  })
}

resource "aws_iam_role_policy" "prod" {
  count = local.skip ? 0 : 1
  role  = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:ReEncryptFrom", "kms:Encrypt"]
      Resource = aws_kms_key.data.arn
    }]
  })
}

module "batch" {
  source  = "./batch"
  key_arn = aws_kms_key.data.arn
  enabled = local.is_prod && var.env != "demo"
}
