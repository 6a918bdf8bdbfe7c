variable "other_key_arn" {
  type    = string
  default = ""
}

resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
}

module "app" {
  source        = "./app"
  key_arn       = aws_kms_key.data.arn
  other_key_arn = var.other_key_arn
  prefix        = "key-${aws_kms_key.data.key_id}"
}
