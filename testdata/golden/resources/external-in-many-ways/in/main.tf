provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

variable "account" {
  type = string
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "here" {
  name = "here"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "arn:aws:kms:eu-west-1:111122223333:key/00000007-1111-2222-3333-444444444444"
      }
    ]
  })
}

resource "aws_iam_role_policy" "elsewhere" {
  name = "elsewhere"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "arn:aws:kms:eu-west-1:999988887777:key/00000007-1111-2222-3333-444444444444"
      }
    ]
  })
}

resource "aws_iam_role_policy" "unknown" {
  name = "unknown"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "arn:aws:kms:eu-west-1:${var.account}:key/00000007-1111-2222-3333-444444444444"
      }
    ]
  })
}

resource "aws_iam_role_policy" "any" {
  name = "any"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "arn:aws:kms:eu-west-1:*:key/00000007-1111-2222-3333-444444444444"
      }
    ]
  })
}
