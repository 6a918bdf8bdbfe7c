resource "aws_iam_role_policy_attachment" "b" {
  policy_arn = aws_iam_policy.a.arn
}
