data "aws_caller_identity" "me" {}

resource "aws_kms_key" "shared" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Account"
        Effect    = "Allow"
        Action    = "kms:*"
        Resource  = "*"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }
      },
    ]
  })
}

module "orders" {
  source  = "./app"
  key_arn = aws_kms_key.shared.arn
}

module "refunds" {
  source  = "./app"
  key_arn = aws_kms_key.shared.arn
}
