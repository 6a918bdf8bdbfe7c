variable "env" {
  type = string
}

variable "which" {
  type = string
}

data "aws_caller_identity" "current" {}

resource "aws_iam_role" "app" {
  name               = "app-${var.env}"
  assume_role_policy = "{}"
}

locals {
  texts = {
    a = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [
        {"Effect": "Allow", "Action": ["kms:Decrypt", "kms:Encrypt"], "Resource": "${aws_kms_key.data.arn}"}
      ]
    }
    EOT
  }
}

resource "aws_iam_role_policy" "app" {
  name   = "app"
  role   = aws_iam_role.app.name
  policy = local.texts[var.which]
}

resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Root"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
}
