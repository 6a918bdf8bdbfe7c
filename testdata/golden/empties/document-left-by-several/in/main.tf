locals {
  env = "dev"
}

resource "aws_kms_key" "data" {
  description = "data"
}

data "aws_iam_policy_document" "reads" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.data.arn]
  }
}

data "aws_iam_policy_document" "writes" {
  statement {
    actions   = ["kms:Encrypt"]
    resources = [aws_kms_key.data.arn]
  }
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.name
  policy = local.env == "prod" ? data.aws_iam_policy_document.writes.json : data.aws_iam_policy_document.reads.json
}

resource "aws_iam_role" "batch" {
  name               = "batch"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "batch" {
  role   = aws_iam_role.batch.name
  policy = local.env == "prod" ? data.aws_iam_policy_document.writes.json : data.aws_iam_policy_document.reads.json
}
