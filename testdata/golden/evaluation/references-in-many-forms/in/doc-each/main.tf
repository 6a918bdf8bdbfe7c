resource "aws_iam_role" "app" {
  name               = "doc-each"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "k" {
  description = "k"
}

data "aws_iam_policy_document" "d" {
  for_each = toset(["a", "b"])
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.k.arn]
  }
}

data "aws_iam_policy_document" "whole" {
  source_policy_documents = [for d in data.aws_iam_policy_document.d : d.json]

  statement {
    actions   = ["kms:Decrypt"]
    resources = ["arn:aws:s3:::b"]
  }
}

resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.d["a"].json
}

resource "aws_iam_role_policy" "w" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.whole.json
}

