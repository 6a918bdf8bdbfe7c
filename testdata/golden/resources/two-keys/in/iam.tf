resource "aws_iam_role_policy" "reader" {
  name = "reader"
  role = aws_iam_role.reader.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = ["kms:Decrypt", "kms:ReEncrypt*", "kms:DescribeKey"]
        Resource = [
          aws_kms_key.lake.arn,
          aws_kms_key.warehouse.arn
        ]
      }
    ]
  })
}
