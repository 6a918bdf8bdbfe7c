locals {
  env = "dev"
}

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
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

resource "aws_iam_role_policy" "app" {
  name   = "app"
  role   = aws_iam_role.app.name
  policy = local.env == "prod" ? data.aws_iam_policy_document.writes.json : data.aws_iam_policy_document.reads.json
}

locals {
  text = local.env == "prod" ? data.aws_iam_policy_document.lists.json : data.aws_iam_policy_document.moves.json
}

data "aws_iam_policy_document" "moves" {
  statement {
    actions   = ["kms:ReEncryptFrom"]
    resources = [aws_kms_key.data.arn]
  }
}

data "aws_iam_policy_document" "lists" {
  statement {
    actions   = ["kms:DescribeKey"]
    resources = [aws_kms_key.data.arn]
  }
}

resource "aws_iam_role_policy" "more" {
  name   = "more"
  role   = aws_iam_role.app.name
  policy = local.text
}

locals {
  shared = local.env == "prod" ? data.aws_iam_policy_document.tags.json : data.aws_iam_policy_document.copies.json
}

data "aws_iam_policy_document" "copies" {
  statement {
    actions   = ["kms:ReEncryptTo"]
    resources = [aws_kms_key.data.arn]
  }
}

data "aws_iam_policy_document" "tags" {
  statement {
    actions   = ["kms:TagResource"]
    resources = [aws_kms_key.data.arn]
  }
}

resource "aws_iam_role_policy" "one" {
  name   = "one"
  role   = aws_iam_role.app.name
  policy = local.shared
}

resource "aws_iam_role_policy" "other" {
  name   = "other"
  role   = aws_iam_role.app.name
  policy = local.shared
}
