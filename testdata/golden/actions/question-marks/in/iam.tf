resource "aws_iam_role_policy" "rotation" {
  name = "rotation"
  role = aws_iam_role.rotation.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "kms:ReEncrypt????",
          "kms:???????",
          "kms:DescribeKey"
        ]
        Resource = aws_kms_key.archive.arn
      }
    ]
  })
}
