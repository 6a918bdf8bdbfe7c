resource "aws_iam_role_policy" "restore" {
  name = "restore"
  role = aws_iam_role.restore.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:CreateGrant", "kms:DescribeKey"]
        Resource = data.aws_kms_key.ebs.arn
      }
    ]
  })
}
