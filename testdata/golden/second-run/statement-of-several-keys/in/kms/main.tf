variable "first_arn" {
  type = string
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "this" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
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
        Principal = { AWS = [var.first_arn] }
        Action    = "kms:Decrypt"
        Resource  = "*"
      }
    ]
  })
}

output "arn" {
  value = aws_kms_key.this.arn
}
