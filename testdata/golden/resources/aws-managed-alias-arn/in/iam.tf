resource "aws_iam_role_policy" "alerts" {
  name = "alerts"
  role = aws_iam_role.alerts.id

  policy = <<EOF
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "ssm:GetParameter",
        "kms:Decrypt"
      ],
      "Resource": [
        "arn:aws:ssm:eu-west-2:111122223333:parameter/alerts/*",
        "arn:aws:kms:eu-west-2:111122223333:alias/aws/ssm"
      ]
    }
  ]
}
EOF
}
