resource "aws_iam_policy" "admin" {
  name = "admin"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = split(" ", "kms:Decrypt kms:Encrypt")
        Resource = aws_kms_key.vault.arn
      },
      {
        Effect   = "Allow"
        Action   = jsondecode("[\"kms:ReEncryptTo\"]")
        Resource = aws_kms_key.vault.arn
      },
      {
        Effect   = "Allow"
        Action   = coalesce("kms:De*", "kms:Encrypt")
        Resource = aws_kms_key.vault.arn
      },
      {
        Effect   = "Allow"
        Action   = length(["kms"]) == 1 ? "kms:De*" : "kms:Encrypt"
        Resource = aws_kms_key.vault.arn
      },
      {
        Effect   = "Allow"
        Action   = ("kms:ReE*")
        Resource = aws_kms_key.vault.arn
      },
      {
        Effect   = "Allow"
        Action   = coalesce("kms:?ecrypt*", "kms:Encrypt")
        Resource = aws_kms_key.vault.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "admin" {
  role       = aws_iam_role.admin.name
  policy_arn = aws_iam_policy.admin.arn
}
