variable "env" {
  type = string
}

variable "with_key" {
  type    = bool
  default = true
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "a" {
  description = "a"
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

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "inline" {
  name = "inline"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "*"
      }
      ], var.env == "prod" ? [{
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.a.arn
    }] : [])
  })
}

data "aws_iam_policy_document" "doc" {
  statement {
    actions   = ["s3:PutObject"]
    resources = ["*"]
  }

  dynamic "statement" {
    for_each = !var.with_key ? [] : [1]

    content {
      actions   = ["kms:ReEncryptFrom", "kms:GenerateDataKey"]
      resources = [aws_kms_key.a.arn]
    }
  }
}

resource "aws_iam_role_policy" "doc" {
  name   = "doc"
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.doc.json
}
