resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

data "aws_iam_policy_document" "e" {
  for_each = toset(["a", "b"])

  statement {
    actions   = ["kms:Decrypt"]
    resources = ["arn:aws:s3:::b"]
  }
}

resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.e["b"].json
}

resource "aws_kms_key" "k" {
}

resource "aws_iam_role_policy" "q" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.f["a"].json
}

resource "aws_iam_role_policy" "r" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.f["b"].json
}

data "aws_iam_policy_document" "f" {
  for_each = toset(["a", "b"])

  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.k.arn]
  }
}
