data "aws_iam_policy_document" "analyst" {
  statement {
    sid       = "UseKey"
    actions   = ["kms:Decrypt", "kms:DescribeKey"]
    resources = [aws_kms_key.lake.arn]
  }

  statement {
    sid       = "NotFromOutside"
    effect    = "Deny"
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.lake.arn]

    condition {
      test     = "NotIpAddress"
      variable = "aws:SourceIp"
      values   = ["10.0.0.0/8"]
    }
  }

  statement {
    sid         = "NothingElse"
    effect      = "Deny"
    not_actions = ["kms:*", "s3:*"]
    resources   = ["*"]
  }
}

resource "aws_iam_role_policy" "analyst" {
  name   = "analyst"
  role   = aws_iam_role.analyst.id
  policy = data.aws_iam_policy_document.analyst.json
}
