variable "more" {
  type = map(string)
}

variable "other" {
  type = bool
}

locals {
  n    = merge({ vpc = "vpc-1" }, var.other ? { vpc = "vpc-2" } : {})
  keys = [{ arn = aws_kms_key.k.arn }, merge({}, var.more)]
}

resource "aws_kms_key" "k" {
  policy = data.aws_iam_policy_document.k.json
}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "k" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

resource "aws_iam_role" "q" {
  name               = "q"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "q" {
  role   = aws_iam_role.q.id
  policy = data.aws_iam_policy_document.q.json
}

data "aws_iam_policy_document" "q" {
  statement {
    actions   = ["kms:Decrypt", "kms:Encrypt"]
    resources = [aws_kms_key.k.arn]
    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpc"
      values   = local.n[*].vpc
    }
  }
}

resource "aws_iam_role_policy" "keys" {
  role = aws_iam_role.q.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = local.keys[*].arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:ReEncryptFrom", "kms:Encrypt"]
        Resource = local.keys[0].arn
      }
    ]
  })
}
