resource "aws_iam_role_policy" "legacy" {
  name = "legacy"
  role = aws_iam_role.legacy.id

  policy = <<EOF
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["*:Decrypt", "kms:Encrypt"],
      "Resource": "${aws_kms_key.legacy.arn}"
    }
  ]
}
EOF
}
