resource "aws_iam_role_policy" "etl" {
  name = "etl"
  role = aws_iam_role.etl.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Crypto"
        Effect   = "Allow"
        Action   = ["kms:*crypt*", "kms:Encrypt", "kms:GenerateDataKey*"]
        Resource = [aws_kms_key.lake.arn]
      }
    ]
  })
}
