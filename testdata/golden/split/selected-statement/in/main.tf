data "aws_caller_identity" "current" {}

resource "aws_kms_key" "data" {
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
        Action   = ["kms:Encrypt", "kms:Decrypt"]
        Resource = [aws_kms_key.data.arn, "arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012"]
      }
    ][0]
  })
}

resource "aws_iam_role_policy" "one" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = one([
      {
        Effect   = "Allow"
        Action   = ["kms:Encrypt", "kms:ReEncryptTo"]
        Resource = [aws_kms_key.data.arn, "arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012"]
      }
    ])
  })
}

resource "aws_iam_role_policy" "of_call" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = tolist([
      {
        Effect   = "Allow"
        Action   = ["kms:Encrypt", "kms:ReEncryptFrom"]
        Resource = [aws_kms_key.data.arn, "arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012"]
      }
    ])[0]
  })
}

resource "aws_iam_role_policy" "action" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:De*"][0]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "for" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for s in [
      {
        Effect   = "Allow"
        Action   = ["kms:Encrypt", "kms:Decrypt"]
        Resource = [aws_kms_key.data.arn, "arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012"]
      }
    ] : s][0]
  })
}
