data "aws_caller_identity" "current" {}

resource "aws_kms_key" "data" {
  description = "data"
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

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  for_each = toset(["arn:aws:kms:eu-west-1:123456789012:key/aaaaaaaa-1234-1234-1234-123456789012", "arn:aws:kms:eu-west-1:123456789012:key/bbbbbbbb-1234-1234-1234-123456789012"])
  role     = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Sid      = "UseKeys"
      Effect   = "Allow"
      Action   = ["kms:Encrypt", "kms:Decrypt"]
      Resource = [aws_kms_key.data.arn, each.key]
    }
  })
}
