variable "more" {
  type = map(string)
}

variable "other" {
  type = bool
}

locals {
  m = merge({ vpc = "vpc-1", a = "x" }, var.more)
  n = merge({ vpc = "vpc-1" }, var.other ? { vpc = "vpc-2" } : {})
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

resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = data.aws_iam_policy_document.p.json
}

data "aws_iam_policy_document" "p" {
  statement {
    actions   = ["kms:Decrypt", "kms:Encrypt"]
    resources = [aws_kms_key.k.arn]
    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpc"
      values   = [local.m.vpc]
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
      values   = [local.n.vpc]
    }
  }
}
