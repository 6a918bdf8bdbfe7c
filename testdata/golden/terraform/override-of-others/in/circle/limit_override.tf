resource "aws_iam_policy" "limit" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "kms:Encrypt", Resource = aws_kms_key.data.arn }]
  })
}
