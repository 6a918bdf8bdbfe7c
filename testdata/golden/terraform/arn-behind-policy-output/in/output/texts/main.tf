variable "account" {
  type = string
}

output "policy" {
  value = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}
