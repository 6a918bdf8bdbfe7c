variable "on" {
  type = bool
}

variable "arns" {
  type = list(string)
}

locals {
  more = var.on ? [{ effect = "Allow", actions = ["kms:Decrypt"], resources = [aws_kms_key.data.arn] }] : []
}

resource "aws_kms_key" "data" {
  description = "data"
}

module "policy" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-policy"
  version = "5.3.0"
  policy  = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.data.arn }] })
}

module "other" {
  source        = "terraform-aws-modules/iam/aws//modules/iam-policy"
  version       = "5.3.0"
  create_policy = true
  policy        = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.data.arn }] })
}

module "unmade" {
  source        = "terraform-aws-modules/iam/aws//modules/iam-policy"
  version       = "5.3.0"
  create_policy = false
  policy        = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.data.arn }] })
}

resource "aws_iam_role" "beside" {
  name               = "beside"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy_attachment" "by_arn" {
  role       = module.oidc.iam_role_name
  policy_arn = module.other.arn
}

resource "aws_iam_role_policy_attachment" "by_id" {
  role       = module.eks.iam_role_unique_id
  policy_arn = module.other.id
}

resource "aws_iam_role_policy" "beside" {
  role   = module.assumable.iam_role_name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.data.arn }] })
}

module "lambda" {
  source                   = "terraform-aws-modules/lambda/aws"
  version                  = "7.0.0"
  attach_policy_statements = true
  policy_statements        = { a = { effect = "Allow", actions = ["kms:Decrypt"], resources = [aws_kms_key.data.arn] } }
  attach_policies          = true
  policies                 = [module.policy.arn]
  attach_policy            = var.on
  policy                   = module.other.arn
}

module "lambda_text" {
  source             = "git::https://github.com/terraform-aws-modules/terraform-aws-lambda.git?ref=v7.0.0"
  attach_policy_json = false
  policy_json        = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.data.arn }] })
}

module "plain" {
  source                    = "terraform-aws-modules/iam/aws//modules/iam-role"
  version                   = "6.0.0"
  inline_policy_permissions = { a = { actions = ["kms:Decrypt"], resources = [aws_kms_key.data.arn] } }
  create_inline_policy      = true
}

module "off" {
  source                    = "terraform-aws-modules/iam/aws//modules/iam-role"
  version                   = "6.0.0"
  create                    = false
  inline_policy_permissions = { a = { actions = ["kms:Decrypt"], resources = [aws_kms_key.data.arn] } }
}

module "on" {
  source   = "terraform-aws-modules/iam/aws//modules/iam-role"
  version  = "6.0.0"
  create   = true
  policies = { a = module.policy.arn }
}

module "at_times" {
  source   = "terraform-aws-modules/iam/aws//modules/iam-role"
  version  = "6.0.0"
  create   = var.on
  policies = { a = module.policy.arn }
}

module "assumable" {
  source                   = "terraform-aws-modules/iam/aws//modules/iam-assumable-role"
  version                  = "5.3.0"
  create_role              = true
  inline_policy_statements = [{ effect = "Allow", actions = ["kms:Decrypt"], resources = [aws_kms_key.data.arn] }]
  custom_role_policy_arns  = [module.policy.arn]
}

module "assumable_unset" {
  source                   = "terraform-aws-modules/iam/aws//modules/iam-assumable-role"
  version                  = "5.3.0"
  inline_policy_statements = [{ effect = "Allow", actions = ["kms:Decrypt"], resources = [aws_kms_key.data.arn] }]
}

module "oidc" {
  source                   = "terraform-aws-modules/iam/aws//modules/iam-assumable-role-with-oidc"
  version                  = "5.3.0"
  create_role              = true
  inline_policy_statements = local.more
  role_policy_arns         = concat([module.policy.arn], var.arns)
}

module "bounded" {
  source                        = "terraform-aws-modules/iam/aws//modules/iam-assumable-role-with-oidc"
  version                       = "5.3.0"
  create_role                   = true
  role_permissions_boundary_arn = module.policy.arn
  inline_policy_statements      = [{ effect = "Allow", actions = ["kms:Decrypt"], resources = [aws_kms_key.data.arn] }]
}

module "eks" {
  source           = "terraform-aws-modules/iam/aws//modules/iam-role-for-service-accounts-eks"
  version          = "5.3.0"
  role_policy_arns = { a = module.policy.arn, b = var.arns[0] }
}

module "github" {
  source   = "terraform-aws-modules/iam/aws//modules/iam-github-oidc-role"
  version  = "5.3.0"
  policies = { a = module.other.arn }
}

module "old" {
  source   = "terraform-aws-modules/iam/aws//modules/iam-github-oidc-role"
  version  = "4.0.0"
  policies = { a = module.other.arn }
}

module "some" {
  source   = "terraform-aws-modules/iam/aws//modules/iam-role"
  policies = { a = module.other.arn }
}
