resource "aws_iam_role_policy" "store" {
  role = aws_iam_role.store.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.store.arn
      }
    ]
  })
}

resource "aws_iam_role" "store" {
  name               = "store"
  assume_role_policy = file("trust.json")
}

resource "aws_kms_key" "store" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}

output "key_arn" {
  value = aws_kms_key.store.arn
}
