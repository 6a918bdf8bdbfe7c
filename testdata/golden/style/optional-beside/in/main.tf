variable "logs" {
  type = bool
}

variable "archive" {
  type = bool
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "written" {
  description = "written"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      {
        Sid       = "Root"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
        }], var.logs ? [{
        Sid       = "Logs"
        Effect    = "Allow"
        Principal = { Service = "logs.amazonaws.com" }
        Action    = "kms:Encrypt"
        Resource  = "*"
    }] : [])
  })
}

resource "aws_kms_key" "unset" {
  description = "unset"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "logs" {
  count              = var.logs ? 1 : 0
  name               = "logs"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.written.arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "archive" {
  count = var.archive ? 1 : 0
  role  = aws_iam_role.app.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.unset.arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "logs" {
  count = var.logs ? 1 : 0
  role  = aws_iam_role.logs[0].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:ReEncrypt*", "kms:GenerateDataKey"]
        Resource = aws_kms_key.unset.arn
      }
    ]
  })
}
