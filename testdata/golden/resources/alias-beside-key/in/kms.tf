data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "parameters_key" {
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

resource "aws_kms_key" "parameters" {
  description         = "Encrypts the parameters data"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.parameters_key.json
}

resource "aws_kms_alias" "parameters" {
  name          = "alias/parameters"
  target_key_id = aws_kms_key.parameters.key_id
}
