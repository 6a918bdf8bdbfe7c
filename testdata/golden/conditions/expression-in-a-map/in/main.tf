variable "on" {
  type = bool
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "data" {
  description = "data"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Root"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}

variable "stage" {
  type = string
}

locals {
  when = {
    off   = !var.on
    prod  = var.stage == "prod"
    both  = var.on && var.stage == "prod"
    plain = var.on
  }
}

resource "aws_iam_role" "off" {
  name               = "off"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "off" {
  count = local.when.off ? 1 : 0

  role = aws_iam_role.off.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_iam_role" "prod" {
  name               = "prod"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "prod" {
  count = local.when.prod ? 1 : 0

  role = aws_iam_role.prod.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_iam_role" "both" {
  name               = "both"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "both" {
  count = local.when.both ? 1 : 0

  role = aws_iam_role.both.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_iam_role" "plain" {
  name               = "plain"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "plain" {
  count = local.when.plain ? 1 : 0

  role = aws_iam_role.plain.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}
