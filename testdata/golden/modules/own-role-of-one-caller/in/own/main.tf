variable "region" {
  type = string
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "key" {
  description = "${var.region}"
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

resource "aws_iam_role" "own" {
  name               = "own-${var.region}"
  assume_role_policy = "{}"
}

output "key_arn" {
  value = aws_kms_key.key.arn
}

output "role_name" {
  value = aws_iam_role.own.name
}
