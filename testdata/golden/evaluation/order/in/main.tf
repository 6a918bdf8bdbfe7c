resource "aws_kms_key" "b" {}

resource "aws_kms_key" "a" {}

locals {
  keys = {
    b = aws_kms_key.b.arn
    a = aws_kms_key.a.arn
  }
}

resource "aws_iam_role" "app" {
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "first" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = values(local.keys)[0] # that of "a"
    }]
  })
}

resource "aws_iam_role_policy" "overridden" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = merge(local.keys, var.more).a # or what is given
    }]
  })
}

variable "more" {
  type = map(string)
}

resource "aws_iam_role_policy" "all" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = values(local.keys)
    }]
  })
}
