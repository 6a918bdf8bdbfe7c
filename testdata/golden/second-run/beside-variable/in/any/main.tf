variable "readers" {}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version   = "2012-10-17"
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
        Principal = { AWS = var.readers }
        Action    = "kms:Decrypt"
        Resource  = "*"
      }
    ]
  })
}

resource "aws_iam_role" "later" {
  name               = "later"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "later" {
  role = aws_iam_role.later.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.data.arn
    }]
  })
}
