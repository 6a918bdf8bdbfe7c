resource "aws_kms_key" "each" {
  for_each   = { a = null, b = null }
  policy     = each.value
  is_enabled = each.value == null
}

resource "aws_iam_role" "app" {
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.each["a"].arn
    }]
  })
}

data "aws_caller_identity" "me" {}

variable "on" {
  type = bool
}

resource "aws_kms_key" "sometimes" {
  for_each = {
    a = var.on ? null : jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      }]
    })
  }
  policy     = each.value
  is_enabled = each.value == null
}

resource "aws_iam_role_policy" "sometimes" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.sometimes["a"].arn
    }]
  })
}
