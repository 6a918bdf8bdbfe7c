variable "env" {
  type = string
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

resource "aws_iam_role_policy" "sole" {
  name = "sole"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = var.env == "prod" ? [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.a.arn
    }] : []
  })
}

resource "aws_iam_role_policy" "other" {
  name = "other"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([{
      Effect   = "Allow"
      Action   = "kms:ReEncryptFrom"
      Resource = aws_kms_key.a.arn
      }], var.env == "prod" ? [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "*"
    }] : [])
  })
}
resource "aws_iam_role_policy" "either" {
  name = "either"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = var.env == "prod" ? [{
      Effect   = "Allow"
      Action   = "kms:ReEncryptTo"
      Resource = aws_kms_key.a.arn
      }] : [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "*"
    }]
  })
}
