terraform {
  required_providers {
    aws = "~> 2.70"
  }
}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "shared" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

resource "aws_kms_key" "a" {
  description = "a"
  policy      = data.aws_iam_policy_document.shared.json
}

resource "aws_kms_key" "b" {
  description = "b"
  policy      = data.aws_iam_policy_document.shared.json
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.name
  policy = data.aws_iam_policy_document.app.json
}

data "aws_iam_policy_document" "app" {
  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.a.arn]
  }
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}
