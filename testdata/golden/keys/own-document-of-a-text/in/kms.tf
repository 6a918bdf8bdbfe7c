data "aws_caller_identity" "current" {}

variable "services" {}

locals {
  plain = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Root"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = ["logs.eu-west-1.amazonaws.com"] }
        Action    = "kms:Encrypt"
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = ["111122223333"] } }
      }
    ]
  })

  truth = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "kms:*"
        Resource  = "*"
        Condition = { Bool = { "aws:SecureTransport" = false } }
      }
    ]
  })

  twice = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Root"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "Root"
        Effect    = "Allow"
        Principal = { Service = "logs.eu-west-1.amazonaws.com" }
        Action    = "kms:Encrypt"
        Resource  = "*"
      }
    ]
  })

  single = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }
  })

  given = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = var.services }
        Action    = "kms:Encrypt"
        Resource  = "*"
      }
    ]
  })
}

resource "aws_kms_key" "plain_one" {
  description = "plain, one"
  policy      = local.plain
}

resource "aws_kms_key" "plain_other" {
  description = "plain, other"
  policy      = local.plain
}

resource "aws_kms_key" "truth_one" {
  description = "truth, one"
  policy      = local.truth
}

resource "aws_kms_key" "truth_other" {
  description = "truth, other"
  policy      = local.truth
}

resource "aws_kms_key" "twice_one" {
  description = "twice, one"
  policy      = local.twice
}

resource "aws_kms_key" "twice_other" {
  description = "twice, other"
  policy      = local.twice
}

resource "aws_kms_key" "single_one" {
  description = "single, one"
  policy      = local.single
}

resource "aws_kms_key" "single_other" {
  description = "single, other"
  policy      = local.single
}

resource "aws_kms_key" "given_one" {
  description = "given, one"
  policy      = local.given
}

resource "aws_kms_key" "given_other" {
  description = "given, other"
  policy      = local.given
}
