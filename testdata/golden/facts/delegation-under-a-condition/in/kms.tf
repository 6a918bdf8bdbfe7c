data "aws_caller_identity" "current" {}

variable "service" {
  type = string
}

resource "aws_kms_key" "same" {
  description = "same"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = ["kms:Put*", "kms:Create*"]
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
        Condition = { StringEquals = { "kms:ViaService" = "s3.eu-west-1.amazonaws.com" } }
      }
    ]
  })
}

resource "aws_kms_alias" "same" {
  name          = "alias/same"
  target_key_id = aws_kms_key.same.key_id
}

resource "aws_kms_key" "other" {
  description = "other"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = ["kms:Put*", "kms:Create*"]
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
        Condition = { StringEquals = { "kms:ViaService" = "s3.eu-west-1.amazonaws.com" } }
      }
    ]
  })
}

resource "aws_kms_alias" "other" {
  name          = "alias/other"
  target_key_id = aws_kms_key.other.key_id
}

resource "aws_kms_key" "computed" {
  description = "computed"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = ["kms:Put*", "kms:Create*"]
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
        Condition = { StringEquals = { "kms:ViaService" = var.service } }
      }
    ]
  })
}

resource "aws_kms_alias" "computed" {
  name          = "alias/computed"
  target_key_id = aws_kms_key.computed.key_id
}
