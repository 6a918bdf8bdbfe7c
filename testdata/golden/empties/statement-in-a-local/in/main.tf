locals {
  reads = {
    Effect   = "Allow"
    Action   = "kms:Decrypt"
    Resource = aws_kms_key.data.arn
  }
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
      }
    ]
  })
}

resource "aws_iam_role" "all" {
  name               = "all"
  assume_role_policy = file("trust.json")
}

resource "aws_iam_role_policy" "all" {
  role = aws_iam_role.all.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "kms:ReEncryptFrom", Resource = aws_kms_key.data.arn },
      local.reads
    ]
  })
}
