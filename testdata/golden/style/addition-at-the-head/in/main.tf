module "worker" {
  source = "./worker"
  key    = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111111111111:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}

module "store" {
  source = "./store"
}

resource "aws_iam_role" "reader" {
  name               = "reader"
  assume_role_policy = file("trust.json")
}

resource "aws_iam_role_policy" "reader" {
  role = aws_iam_role.reader.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:DescribeKey"]
        Resource = module.store.key_arn
      }
    ]
  })
}
