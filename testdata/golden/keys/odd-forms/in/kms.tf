data "aws_caller_identity" "current" {}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "tags_ignored" {
  lifecycle {
    ignore_changes = [tags]
  }

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

resource "aws_kms_key" "quoted_ignored" {
  lifecycle {
    ignore_changes = ["policy"]
  }

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

resource "aws_kms_key" "all_ignored" {
  lifecycle {
    ignore_changes = all
  }

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

resource "aws_kms_key" "kept" {
  lifecycle {
    prevent_destroy = true
  }

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

resource "aws_kms_key" "maybe_multi" {
  multi_region = var.multi
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

resource "aws_kms_key" "not_multi" {
  multi_region = false
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

resource "aws_kms_key" "elsewhere" {
  region = "eu-west-1"
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

resource "aws_kms_key" "apart" {
}

resource "aws_kms_key_policy" "apart" {
  key_id = aws_kms_key.apart.arn
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

  lifecycle {
    ignore_changes = [policy]
  }
}

resource "aws_kms_key" "apart_count" {
}

resource "aws_kms_key_policy" "apart_count" {
  count = var.multi ? 1 : 0

  key_id = aws_kms_key.apart_count.key_id
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

resource "aws_kms_key" "apart_literal" {
}

resource "aws_kms_key_policy" "apart_literal" {
  key_id = "1234abcd-12ab-34cd-56ef-1234567890ab"
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

resource "aws_kms_key_policy" "apart_variable" {
  key_id = var.key_id
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

resource "aws_kms_key" "by_alias" {
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

variable "multi" {}
variable "key_id" {}
variable "name" {}

resource "aws_kms_alias" "by_alias" {
  name          = "alias/by-alias"
  target_key_id = aws_kms_key.by_alias.arn
}

resource "aws_kms_alias" "unnamed" {
  name_prefix   = "alias/unnamed"
  target_key_id = aws_kms_key.by_alias.key_id
}

resource "aws_kms_alias" "named_by_variable" {
  name          = "alias/${var.name}"
  target_key_id = aws_kms_key.by_alias.key_id
}

resource "aws_kms_alias" "several" {
  for_each = toset(var.multi)

  name          = "alias/${each.key}"
  target_key_id = aws_kms_key.by_alias.key_id
}

data "aws_kms_alias" "found" {
  name = "alias/by-alias"
}

data "aws_kms_alias" "by_name" {
  name = aws_kms_alias.by_alias.name
}

data "aws_kms_alias" "by_other" {
  name = data.aws_kms_alias.found.name
}

data "aws_kms_alias" "of_aws" {
  name = "alias/aws/s3"
}

data "aws_kms_alias" "unknown" {
  name = var.name
}

data "aws_kms_key" "by_alias" {
  key_id = aws_kms_alias.by_alias.name
}

data "aws_kms_key" "by_key" {
  key_id = aws_kms_key.by_alias.key_id
}

data "aws_kms_key" "by_data" {
  key_id = data.aws_kms_key.by_key.key_id
}

data "aws_kms_key" "by_literal" {
  key_id = "1234abcd-12ab-34cd-56ef-1234567890ab"
}

data "aws_kms_key" "of_aws" {
  key_id = "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3"
}

data "aws_region" "current" {}
data "aws_partition" "current" {}
