resource "aws_kms_key" "data" {
  policy = try(jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  }), null)
}

module "app" {
  source = "./app"
  key    = aws_kms_key.data.arn
}
