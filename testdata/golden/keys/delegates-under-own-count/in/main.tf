variable "on" {
  type = bool
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  count = var.on ? 1 : 0
  role  = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.data[0].arn
      }
    ]
  })
}

resource "aws_kms_key" "data" {
  count = var.on ? 1 : 0
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([], var.on ? [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ] : [])
  })
}
data "aws_caller_identity" "current" {}
