resource "aws_kms_key" "k" {
  description = "k"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.k.arn]
  }
}

resource "aws_iam_role_policy" "d" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.d.json
}

data "aws_iam_policy_document" "e" {
  statement {
    sid       = "D${data.aws_iam_policy_document.d.id}"
    actions   = ["kms:Decrypt"]
    resources = ["arn:aws:s3:::b"]
  }
}

resource "aws_iam_role_policy" "e" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.e.json
}
