resource "aws_iam_role_policy" "ssogen" {
  name = "ssogen"
  role = aws_iam_role.ssogen.id

  policy = <<EOF
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt", "kms:GenerateDataKey"],
      "Resource": ["${aws_kms_key.ebs.arn}"]
    }
  ]
}
EOF
}
