data "aws_iam_policy_document" "poweruser" {
  statement {
    sid         = "AllButIdentity"
    effect      = "Allow"
    not_actions = ["iam:*", "organizations:*", "account:*"]
    resources   = ["*"]
  }
}

resource "aws_iam_policy" "poweruser" {
  name   = "poweruser"
  policy = data.aws_iam_policy_document.poweruser.json
}

resource "aws_iam_role_policy_attachment" "poweruser" {
  role       = aws_iam_role.poweruser.name
  policy_arn = aws_iam_policy.poweruser.arn
}
