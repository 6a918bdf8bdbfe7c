variable "own_policy" {
  type = bool
}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "key" {
  count = var.own_policy ? 1 : 0

  statement {
    sid       = "Root"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

resource "aws_kms_key" "data" {
  policy = data.aws_iam_policy_document.key.json
}

resource "aws_kms_key" "other" {
  policy = data.aws_iam_policy_document.key.json
}
