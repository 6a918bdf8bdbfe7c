resource "aws_kms_key" "a" {}

resource "aws_kms_key" "b" {}

locals {
  arns = [aws_kms_key.a.arn, aws_kms_key.b.arn]
}

resource "aws_iam_role" "app" {
  assume_role_policy = "{}"
}

data "aws_iam_policy_document" "list" {
  dynamic "statement" {
    for_each = ["1"]
    content {
      actions   = ["kms:Decrypt", "kms:Encrypt"]
      resources = [local.arns[statement.key]] # that of "a"
    }
  }
}

resource "aws_iam_role_policy" "list" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.list.json
}

data "aws_iam_policy_document" "set" {
  dynamic "statement" {
    for_each = toset(["1"])
    content {
      actions   = ["kms:ReEncrypt*", "kms:Encrypt"]
      resources = [local.arns[statement.key]] # that of "b"
    }
  }
}

resource "aws_iam_role_policy" "set" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.set.json
}
