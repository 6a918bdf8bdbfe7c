resource "aws_iam_role_policy" "app" {
  count = var.enabled ? 1 : 0
  name  = "app"
  role  = aws_iam_role.app[0].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data["a"].arn
      }
    ]
  })
}
