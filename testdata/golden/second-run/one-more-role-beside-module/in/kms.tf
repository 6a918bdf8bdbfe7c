data "aws_caller_identity" "current" {}

resource "aws_kms_key" "data" {
  description = "data"

  policy = jsonencode({
    Version = "2012-10-17"
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
        Principal = { AWS = module.two.role_arn }
        Action    = "kms:Decrypt"
        Resource  = "*"
      }
    ]
  })
}

module "two" {
  source = "git::https://example.com/role.git"
}
