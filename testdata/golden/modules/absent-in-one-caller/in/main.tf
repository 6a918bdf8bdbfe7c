resource "aws_kms_key" "k" {

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "kms:*"
        Resource  = "*"
        Principal = { AWS = "arn:aws:iam::111111111111:root" }
      }
    ]
  })
}
resource "aws_s3_bucket" "b" {}
module "a" {
  source  = "./svc"
  kms     = aws_kms_key.k.arn
  bucket  = aws_s3_bucket.b.arn
  actions = ["sqs:SendMessage"]
  name    = "a"
}
module "b" {
  source  = "./svc"
  kms     = aws_kms_key.k.arn
  bucket  = null
  actions = []
  name    = "b"
}
