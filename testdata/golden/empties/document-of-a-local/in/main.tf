locals {
  name   = "app"
  policy = local.document
}

locals {
  document = data.aws_iam_policy_document.app.json
}

locals {
  both = data.aws_iam_policy_document.both.json
}

resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111111111111:root" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
}

resource "aws_iam_role" "app" {
  name               = local.name
  assume_role_policy = file("trust.json")
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.id
  policy = local.policy
}

data "aws_iam_policy_document" "app" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.data.arn]
  }
}

resource "aws_iam_role_policy" "both" {
  role   = aws_iam_role.app.id
  policy = local.both
}

data "aws_iam_policy_document" "both" {
  statement {
    actions   = ["kms:ReEncryptFrom"]
    resources = [aws_kms_key.data.arn]
  }
}

output "policy" {
  value = local.both
}
