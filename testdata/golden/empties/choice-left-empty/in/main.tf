variable "strict" {
  type = bool
}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "a" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

resource "aws_kms_key" "data" {
  description = "data"
  policy      = data.aws_iam_policy_document.a.json
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

data "aws_iam_policy_document" "p" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.data.arn]
  }
}

data "aws_iam_policy_document" "q" {
  source_policy_documents = [data.aws_iam_policy_document.p.json]

  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.id
  policy = var.strict ? data.aws_iam_policy_document.p.json : data.aws_iam_policy_document.q.json
}
