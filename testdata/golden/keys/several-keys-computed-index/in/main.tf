variable "names" {
  type = set(string)
}

data "aws_caller_identity" "current" {}

locals {
  main = "a"
}

resource "aws_kms_key" "data" {
  for_each = var.names

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
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = [aws_kms_key.data[local.main].arn, aws_kms_key.data[("b")].arn]
      }
    ]
  })
}

resource "aws_iam_role_policy" "loop" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:ReEncryptTo", "kms:Encrypt"]
        Resource = concat([aws_kms_key.data["a"].arn], [for n in ["c", "d"] : aws_kms_key.data[n].arn])
      }
    ]
  })
}
