variable "environment" {
  type = string
}

resource "aws_kms_key" "data" {
  description = "data"
}

data "aws_iam_policy_document" "staging" {
  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.data.arn]
  }
}

data "aws_iam_policy_document" "production" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}

resource "aws_ssoadmin_permission_set" "team" {
  name         = "team"
  instance_arn = "arn:aws:sso:::instance/ssoins-1234567890abcdef"
}

resource "aws_ssoadmin_permission_set_inline_policy" "team" {
  inline_policy      = var.environment == "stg" ? data.aws_iam_policy_document.staging.json : data.aws_iam_policy_document.production.json
  instance_arn       = aws_ssoadmin_permission_set.team.instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.team.arn
}
