resource "aws_iam_role_policy" "legacy" {
  name = "legacy"
  role = aws_iam_role.legacy.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "*:*"
        Resource = aws_kms_key.legacy.arn
      }
    ]
  })
}
