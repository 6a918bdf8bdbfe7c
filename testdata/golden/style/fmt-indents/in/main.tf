data "aws_caller_identity" "current" {}

variable "on" {
  type    = bool
  default = true
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

locals {
  root = {
    Effect    = "Allow"
    Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
    Action    = "kms:*"
    Resource  = "*"
  }
}

resource "aws_kms_key" "lines" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = data.aws_caller_identity.current.account_id }, Action = "kms:*", Resource = "*" },
    ]
  })
}

resource "aws_kms_key" "line" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = data.aws_caller_identity.current.account_id }, Action = "kms:*", Resource = "*" }]
  })
}

resource "aws_kms_key" "object" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = { Effect = "Allow", Principal = { AWS = data.aws_caller_identity.current.account_id }, Action = "kms:*", Resource = "*" }
  })
}

resource "aws_kms_key" "quoted" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      "Effect"    = "Allow",
      "Principal" = { "AWS" = data.aws_caller_identity.current.account_id },
      "Action"    = "kms:*",
      "Resource"  = "*"
    }]
  })
}

resource "aws_kms_key" "concat" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat([local.root], [local.root])
  })
}

resource "aws_kms_key" "arguments" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [local.root],
      var.on ? [local.root] : [],
    )
  })
}

resource "aws_iam_role_policy" "always" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:ReEncrypt*", "kms:Encrypt"]
        Resource = [aws_kms_key.lines.arn, aws_kms_key.line.arn, aws_kms_key.object.arn, aws_kms_key.quoted.arn, aws_kms_key.concat.arn, aws_kms_key.arguments.arn]
      }
    ]
  })
}

resource "aws_iam_role_policy" "at_times" {
  count = var.on ? 1 : 0
  role  = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = [aws_kms_key.lines.arn, aws_kms_key.line.arn, aws_kms_key.object.arn, aws_kms_key.quoted.arn, aws_kms_key.concat.arn, aws_kms_key.arguments.arn]
      }
    ]
  })
}
