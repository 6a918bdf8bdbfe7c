data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "lake_key" {
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

resource "aws_kms_key" "lake" {
  description         = "Encrypts the lake data"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.lake_key.json
}

resource "aws_kms_alias" "lake" {
  name          = "alias/lake"
  target_key_id = aws_kms_key.lake.key_id
}

data "aws_kms_key" "lake" {
  key_id = "alias/lake"

  depends_on = [aws_kms_alias.lake]
}
