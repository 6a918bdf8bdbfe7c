variable "readers" {
  type    = list(string)
  default = []
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "this" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat([
      {
        Sid       = "Root"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      }
      ], length(var.readers) > 0 ? [{
        Sid       = "KmsfixDecrypt8af4d19e"
        Effect    = "Allow"
        Principal = { AWS = var.readers }
        Action    = "kms:Decrypt"
        Resource  = "*"
      }] : [])
  })
}

output "arn" {
  value = aws_kms_key.this.arn
}

resource "aws_s3_bucket" "b" {
  count = length(var.readers) > 0 ? 1 : 0
}
