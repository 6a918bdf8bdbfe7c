provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

variable "on" {
  type = bool
}

variable "name" {
  type = string
}

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

resource "aws_kms_alias" "data" {
  name          = "alias/data"
  target_key_id = aws_kms_key.data.key_id
}

resource "aws_iam_policy" "user" {
  name = "user"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_policy" "counted" {
  name = "counted"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_policy" "found" {
  name = "found"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_policy" "elsewhere" {
  name = "elsewhere"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_user_policy_attachment" "user" {
  user = "ada"
  policy_arn = aws_iam_policy.user.arn
}

resource "aws_iam_role_policy_attachment" "counted" {
  count = var.on ? 1 : 0

  role = "batch"
  policy_arn = aws_iam_policy.counted.arn
}

data "aws_iam_role" "found" {
  name = "found"
}

data "aws_iam_role" "again" {
  name = "found"
}

data "aws_iam_role" "unknown" {
  name = var.name
}

resource "aws_iam_role_policy_attachment" "found" {
  role = "found"
  policy_arn = aws_iam_policy.found.arn
}

resource "aws_iam_role_policy_attachment" "elsewhere" {
  role = "elsewhere"
  policy_arn = aws_iam_policy.elsewhere.arn
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "inline" {
  name = "inline"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "nobody" {
  name = "nobody"
  role = "nobody"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "unknown" {
  name = "unknown"
  role = data.aws_iam_role.unknown.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}
