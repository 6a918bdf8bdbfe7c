resource "aws_iam_role_policy" "worker" {
  name = "worker"
  role = aws_iam_role.worker.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "kms:Decrypt",
          "kms:Encrypt",
          "kms:Decrypt*",
          "kms:Decrypt",
          "kms:ReEncryptFrom",
          "kms:ReEncrypt*"
        ]
        Resource = aws_kms_key.jobs.arn
      }
    ]
  })
}
