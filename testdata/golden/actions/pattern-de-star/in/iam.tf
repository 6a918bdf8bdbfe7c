resource "aws_iam_policy" "operator" {
  name = "operator"

  policy = <<POLICY
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OperateKey",
      "Effect": "Allow",
      "Action": ["kms:De*", "kms:List*"],
      "Resource": "${aws_kms_key.backups.arn}"
    }
  ]
}
POLICY
}

resource "aws_iam_role_policy_attachment" "operator" {
  role       = aws_iam_role.operator.name
  policy_arn = aws_iam_policy.operator.arn
}
