data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "archive_key" {
  statement {
    sid       = "EnableRoot"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

resource "aws_kms_key" "archive" {
  description         = "Encrypts the archive data"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.archive_key.json
}
