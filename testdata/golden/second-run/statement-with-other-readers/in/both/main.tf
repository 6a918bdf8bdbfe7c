data "aws_caller_identity" "current" {}

locals {
  ours = [{
    Sid       = "KmsfixDecrypt8af4d19e"
    Effect    = "Allow"
    Principal = { AWS = ["arn:aws:iam::111122223333:role/first"] }
    Action    = "kms:Decrypt"
    Resource  = "*"
  }]
}

resource "aws_kms_key" "one" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([{
      Sid       = "Root"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }], local.ours)
  })
}

resource "aws_kms_key" "two" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([{
      Sid       = "Root"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }], local.ours)
  })
}

resource "aws_iam_role" "later" {
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "later" {
  role = aws_iam_role.later.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.one.arn
    }]
  })
}
