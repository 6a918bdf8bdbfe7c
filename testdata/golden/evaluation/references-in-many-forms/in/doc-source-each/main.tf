resource "aws_iam_role" "app" {
  name               = "doc-source-each"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "k" {
  description = "k"
}

data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.k.arn]
  }
}

data "aws_iam_policy_document" "e" {
  for_each                = toset(["a", "b"])
  source_policy_documents = [data.aws_iam_policy_document.d.json]

  statement {
    actions   = ["kms:Decrypt"]
    resources = ["arn:aws:s3:::b"]
  }
}

resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.e["a"].json
}

resource "aws_iam_role_policy" "q" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.e["b"].json
}

