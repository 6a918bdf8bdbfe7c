resource "aws_iam_role" "app" {
  name               = "doc-minified"
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

resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.d.minified_json
}

