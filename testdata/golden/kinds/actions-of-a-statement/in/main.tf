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

  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.d.json
}

data "aws_iam_policy_document" "e" {
  statement {
    actions   = data.aws_iam_policy_document.d.statement[0].actions
    resources = [aws_kms_key.k.arn]
  }
}

resource "aws_iam_role_policy" "e" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.e.json
}
