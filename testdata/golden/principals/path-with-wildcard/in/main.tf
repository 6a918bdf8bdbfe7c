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
  path               = "/a*b/"
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
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "lit" {
  role = "lit"
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

resource "aws_iam_role" "lit" {
  name               = "lit"
  path               = "/a?b/"
  assume_role_policy = "{}"
}

resource "aws_iam_user" "u" {
  name = "user"
  path = "/a*b/"
}

resource "aws_iam_user_policy" "u" {
  user = aws_iam_user.u.name
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
