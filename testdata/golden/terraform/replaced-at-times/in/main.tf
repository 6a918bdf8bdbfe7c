data "aws_caller_identity" "current" {}

variable "on" {
  type = bool
}

resource "aws_kms_key" "data" {}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "other" {
  name               = "other"
  assume_role_policy = "{}"
}

data "aws_iam_policy_document" "one" {
  override_policy_documents = var.on ? [file("${path.module}/x.json")] : []

  statement {
    sid       = "X"
    actions   = ["kms:Decrypt", "kms:Encrypt"]
    resources = [aws_kms_key.data.arn]
  }
}

data "aws_iam_policy_document" "two" {
  statement {
    actions   = ["kms:ReEncryptFrom", "kms:Encrypt"]
    resources = [aws_kms_key.data.arn]
  }
}

resource "aws_iam_role_policy" "app" {
  name   = "app"
  role   = aws_iam_role.app.name
  policy = data.aws_iam_policy_document.one.json
}

resource "aws_iam_role_policy" "other" {
  name   = "other"
  role   = aws_iam_role.other.name
  policy = coalesce(var.on ? data.aws_iam_policy_document.two.json : "", data.aws_iam_policy_document.one.json)
}
