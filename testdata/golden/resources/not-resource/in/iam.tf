resource "aws_iam_role_policy" "scanner" {
  name = "scanner"
  role = aws_iam_role.scanner.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect      = "Allow"
        Action      = ["kms:Decrypt"]
        NotResource = [aws_kms_key.vault.arn]
      }
    ]
  })
}
