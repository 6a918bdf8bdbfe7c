data "aws_caller_identity" "current" {}

resource "aws_iam_role" "task" {
  name_prefix        = "store"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "store" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
}

output "key_arn" {
  value = aws_kms_key.store.arn
}
