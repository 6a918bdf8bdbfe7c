provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

variable "on" {
  type = bool
}

locals {
  statements = [{
    sid       = "Own"
    actions   = ["kms:Encrypt"]
    resources = ["*"]
  }]
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

module "git" {
  source = "git::https://github.com/terraform-aws-modules/terraform-aws-kms.git?ref=v2.1.0"
}

resource "aws_iam_role_policy" "git" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.git.key_arn
    }]
  })
}

module "git_bare" {
  source = "git::https://github.com/terraform-aws-modules/terraform-aws-kms"
}

resource "aws_iam_role_policy" "git_bare" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.git_bare.key_arn
    }]
  })
}

module "git_other" {
  source = "git::https://github.com/terraform-aws-modules/terraform-aws-kms//modules/other?ref=v2.1.0"
}

resource "aws_iam_role_policy" "git_other" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.git_other.key_arn
    }]
  })
}

module "git_tag" {
  source = "git::https://github.com/terraform-aws-modules/terraform-aws-kms.git?ref=v3"
}

resource "aws_iam_role_policy" "git_tag" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.git_tag.key_arn
    }]
  })
}

module "git_branch" {
  source = "git::https://github.com/terraform-aws-modules/terraform-aws-kms.git?ref=vnext"
}

resource "aws_iam_role_policy" "git_branch" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.git_branch.key_arn
    }]
  })
}

module "commit" {
  source = "git::https://github.com/terraform-aws-modules/terraform-aws-kms.git?ref=0a1b2c3d" # v2.1.0
}

resource "aws_iam_role_policy" "commit" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.commit.key_arn
    }]
  })
}

module "commit_bare" {
  source = "git::https://github.com/terraform-aws-modules/terraform-aws-kms.git?ref=0a1b2c3d"
}

resource "aws_iam_role_policy" "commit_bare" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.commit_bare.key_arn
    }]
  })
}

module "least" {
  source  = "terraform-aws-modules/kms/aws"
  version = ">= 2.0"
}

resource "aws_iam_role_policy" "least" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.least.key_arn
    }]
  })
}

module "not" {
  source  = "terraform-aws-modules/kms/aws"
  version = "!= 1.0.0"
}

resource "aws_iam_role_policy" "not" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.not.key_arn
    }]
  })
}

module "major" {
  source  = "terraform-aws-modules/kms/aws"
  version = "2"
}

resource "aws_iam_role_policy" "major" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.major.key_id
    }]
  })
}

module "range" {
  source  = "terraform-aws-modules/kms/aws"
  version = "~> 2, < 3"
}

resource "aws_iam_role_policy" "range" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.range.key_arn
    }]
  })
}

module "listed" {
  source  = "terraform-aws-modules/kms/aws"
  version = "2,3"
}

resource "aws_iam_role_policy" "listed" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.listed.key_arn
    }]
  })
}

module "far" {
  source  = "terraform-aws-modules/kms/aws"
  version = "9.0.0"
}

resource "aws_iam_role_policy" "far" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.far.key_arn
    }]
  })
}

module "words" {
  source  = "terraform-aws-modules/kms/aws"
  version = "latest"
}

resource "aws_iam_role_policy" "words" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.words.key_arn
    }]
  })
}

module "glued" {
  source  = "terraform-aws-modules/kms/aws"
  version = "2x"
}

resource "aws_iam_role_policy" "glued" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.glued.key_arn
    }]
  })
}

module "created" {
  source  = "terraform-aws-modules/kms/aws"
  version = "2.1.0"
  create  = true
}

resource "aws_iam_role_policy" "created" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.created.key_arn
    }]
  })
}

module "not_created" {
  source  = "terraform-aws-modules/kms/aws"
  version = "2.1.0"
  create  = false
}

resource "aws_iam_role_policy" "not_created" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.not_created.key_arn
    }]
  })
}

module "at_times" {
  source  = "terraform-aws-modules/kms/aws"
  version = "2.1.0"
  create  = var.on
}

resource "aws_iam_role_policy" "at_times" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.at_times.key_arn
    }]
  })
}

module "replica" {
  source         = "terraform-aws-modules/kms/aws"
  version        = "2.1.0"
  create_replica = true
}

resource "aws_iam_role_policy" "replica" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.replica.key_arn
    }]
  })
}

module "no_replica" {
  source         = "terraform-aws-modules/kms/aws"
  version        = "2.1.0"
  create_replica = false
}

resource "aws_iam_role_policy" "no_replica" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.no_replica.key_arn
    }]
  })
}

module "with_default" {
  source                = "terraform-aws-modules/kms/aws"
  version               = "2.1.0"
  enable_default_policy = true
}

resource "aws_iam_role_policy" "with_default" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.with_default.key_arn
    }]
  })
}

module "owned" {
  source     = "terraform-aws-modules/kms/aws"
  version    = "2.1.0"
  key_owners = ["arn:aws:iam::111122223333:root"]
}

resource "aws_iam_role_policy" "owned" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.owned.key_arn
    }]
  })
}

module "listing" {
  source         = "terraform-aws-modules/kms/aws"
  version        = "2.1.0"
  key_statements = []
}

resource "aws_iam_role_policy" "listing" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.listing.key_arn
    }]
  })
}

module "spread" {
  source         = "terraform-aws-modules/kms/aws"
  version        = "2.1.0"
  key_statements = local.statements
}

resource "aws_iam_role_policy" "spread" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.spread.key_arn
    }]
  })
}

module "own_policy" {
  source  = "terraform-aws-modules/kms/aws"
  version = "2.1.0"
  policy  = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }] })
}

resource "aws_iam_role_policy" "own_policy" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.own_policy.key_arn
    }]
  })
}
