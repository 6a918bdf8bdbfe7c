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

resource "aws_iam_policy" "attached" {
  name = "attached"

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

module "attached" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-role"
  version = "6.2.0"

  name     = "attached"
  policies = var.on ? { data = aws_iam_policy.attached.arn } : {}
}

module "inline" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-role"
  version = "6.2.0"

  name                 = "inline"
  create_inline_policy = true

  inline_policy_permissions = var.on ? {
    data = { actions = ["kms:Decrypt", "kms:Encrypt"], resources = [aws_kms_key.data.arn] }
  } : {}
}

module "merged" {
  source  = "terraform-aws-modules/lambda/aws"
  version = "7.2.0"

  function_name            = "merged"
  attach_policy_statements = true

  policy_statements = merge(
    { all = { effect = "Allow", actions = ["s3:ListBucket"], resources = ["*"] } },
    var.on ? {} : { data = { effect = "Allow", actions = ["kms:Decrypt", "kms:Encrypt"], resources = [aws_kms_key.data.arn] } },
  )
}

resource "aws_iam_role" "reader" {
  name               = "reader"
  assume_role_policy = "{}"
}

module "kms" {
  source  = "terraform-aws-modules/kms/aws"
  version = "4.0.0"

  key_statements = var.on ? {
    reader = {
      sid        = "Reader"
      actions    = ["kms:Decrypt"]
      resources  = ["*"]
      principals = [{ type = "AWS", identifiers = [aws_iam_role.reader.arn] }]
    }
  } : {}
}

resource "aws_iam_role_policy" "reader" {
  role = aws_iam_role.reader.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = module.kms.key_arn }]
  })
}
