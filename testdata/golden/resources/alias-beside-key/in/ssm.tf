data "aws_iam_policy_document" "account_api" {
  statement {
    sid       = "ReadParameters"
    actions   = ["ssm:GetParameter", "ssm:GetParameters"]
    resources = ["arn:aws:ssm:eu-west-2:111122223333:parameter/account-api/*"]
  }

  statement {
    sid     = "DecryptParameters"
    actions = ["kms:Decrypt"]

    resources = [
      aws_kms_alias.parameters.arn,
      aws_kms_key.parameters.arn
    ]
  }
}

resource "aws_iam_role_policy" "account_api" {
  name   = "account-api"
  role   = aws_iam_role.account_api.id
  policy = data.aws_iam_policy_document.account_api.json
}
