variable "on" {
  type = bool
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_kms_key_policy" "data" {
  key_id = aws_kms_key.data.key_id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Root"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}

data "aws_iam_policy_document" "reader" {
  statement {
    actions   = ["kms:Decrypt", "kms:Encrypt"]
    resources = [aws_kms_key.data.arn]
  }
}

data "aws_iam_policy_document" "writer" {
  statement {
    actions   = ["kms:ReEncrypt*", "kms:Encrypt"]
    resources = [aws_kms_key.data.arn]
  }
}

resource "aws_iam_role" "reader" {
  name               = "reader"
  assume_role_policy = "{}"

  dynamic "inline_policy" {
    for_each = var.on ? { data = data.aws_iam_policy_document.reader.json } : {}

    content {
      name   = inline_policy.key
      policy = inline_policy.value
    }
  }
}

locals {
  policies = var.on ? {} : { data = { json = data.aws_iam_policy_document.writer.json } }
}

resource "aws_iam_role" "writer" {
  name               = "writer"
  assume_role_policy = "{}"

  dynamic "inline_policy" {
    for_each = local.policies

    content {
      name   = inline_policy.key
      policy = inline_policy.value.json
    }
  }
}
