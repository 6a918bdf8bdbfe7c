variable "wide" {
  type = bool
}

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy" "app" {
  name   = "app"
  role   = aws_iam_role.app.id
  policy = var.wide ? data.aws_iam_policy_document.wide.json : data.aws_iam_policy_document.narrow.json
}

data "aws_iam_policy_document" "wide" {
  statement {
    actions   = ["kms:Decrypt", "kms:Encrypt"]
    resources = [aws_kms_key.data.arn]
  }
}

data "aws_iam_policy_document" "narrow" {
  statement {
    actions   = ["kms:Encrypt"]
    resources = [aws_kms_key.data.arn]
  }
}
