resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "imported" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.data.arn
    }]
  })
}

import {
  to = aws_iam_role_policy.imported
  id = "app:imported"
}

resource "aws_iam_role_policy" "moved" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:ReEncryptFrom"
      Resource = aws_kms_key.data.arn
    }]
  })
}

moved {
  from = aws_iam_role_policy.old
  to   = aws_iam_role_policy.moved
}

module "app" {
  source   = "./modules/app"
  for_each = toset(["a"])
  key_arn  = aws_kms_key.data.arn
  role     = aws_iam_role.app.id
}

import {
  to = module.app["a"].aws_iam_role_policy.inside
  id = "app:inside"
}

data "aws_iam_policy_document" "json" {
  statement {
    actions   = ["kms:ReEncryptTo"]
    resources = [aws_kms_key.data.arn]
  }
}
