resource "aws_iam_role_policy" "replicator" {
  name = "replicator"
  role = aws_iam_role.replicator.id

  policy = <<EOF
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "kms:Re*",
      "Resource": "${aws_kms_key.ledger.arn}"
    }
  ]
}
EOF
}
