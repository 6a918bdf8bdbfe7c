resource "aws_iam_role_policy" "breakglass" {
  name = "breakglass"
  role = aws_iam_role.breakglass.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "*"
        Resource = aws_kms_key.vault.arn
      }
    ]
  })
}
