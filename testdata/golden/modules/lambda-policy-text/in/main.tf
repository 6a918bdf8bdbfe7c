data "aws_caller_identity" "current" {}

resource "aws_kms_key" "k" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}

module "json" {
  source  = "terraform-aws-modules/lambda/aws"
  version = "~> 7.0"

  function_name      = "json"
  attach_policy_json = true
  policy_json = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:GetObject"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

module "not_attached" {
  source  = "terraform-aws-modules/lambda/aws"
  version = "= 7.0"

  function_name = "not-attached"
  policy_json = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:GetObject"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

module "at_times" {
  source  = "terraform-aws-modules/lambda/aws"
  version = "7.0 , < 8"

  function_name      = "at-times"
  attach_policy_json = var.attach
  policy_json        = data.aws_iam_policy_document.d.json
}

variable "attach" {
  type = bool
}

data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["kms:Decrypt", "s3:GetObject"]
    resources = [aws_kms_key.k.arn]
  }
}

module "newer" {
  source  = "terraform-aws-modules/lambda/aws"
  version = "9.0"

  function_name      = "newer"
  attach_policy_json = true
  policy_json = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "s3:GetObject"], Resource = aws_kms_key.k.arn }]
  })
}


module "older" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-assumable-role"
  version = "2.0"

  create_role = true
  inline_policy_statements = [{ effect = "Allow", actions = ["kms:Decrypt", "s3:GetObject"], resources = [aws_kms_key.k.arn] }]
}
