data "aws_caller_identity" "current" {}

resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat([
      {
        Sid       = "Root"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "KmsfixDecrypt8af4d19e"
        Effect    = "Allow"
        Principal = { AWS = aws_iam_role.first.arn }
        Action    = "kms:Decrypt"
        Resource  = "*"
      }
      ], var.on ? [{
        Sid       = "KmsfixDecrypt07d7a69a"
        Effect    = "Allow"
        Principal = { AWS = aws_iam_role.second.arn }
        Action    = "kms:Decrypt"
        Resource  = "*"
      }] : [])
  })
}
