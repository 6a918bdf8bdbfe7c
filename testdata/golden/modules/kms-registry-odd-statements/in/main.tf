variable "effect" {}

variable "on" {
  type = bool
}

variable "principals" {
  type = list(any)
}

variable "type" {}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "other" {
  name               = "other"
  assume_role_policy = "{}"
}

module "deny" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.1.0"

  key_statements = [{
    sid        = null
    effect     = "Deny"
    actions    = ["kms:Decrypt"]
    resources  = ["*"]
    principals = [{ type = "AWS", identifiers = ["*"] }]
    conditions = [{ test = "StringNotEquals", variable = "aws:PrincipalOrgID", values = ["o-1"] }]
  }]
}

resource "aws_iam_role_policy" "deny" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.deny.key_arn
    }]
  })
}

module "effect_variable" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.1.0"

  key_statements = [{
    effect     = var.effect
    actions    = ["kms:Encrypt"]
    resources  = ["*"]
    principals = [{ type = "AWS", identifiers = [aws_iam_role.other.arn] }]
  }]
}

resource "aws_iam_role_policy" "effect_variable" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.effect_variable.key_arn
    }]
  })
}

module "effect_list" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.1.0"

  key_statements = [{
    effect     = ["Allow"]
    actions    = ["kms:Encrypt"]
    resources  = ["*"]
    principals = [{ type = "AWS", identifiers = [aws_iam_role.other.arn] }]
  }]
}

resource "aws_iam_role_policy" "effect_list" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.effect_list.key_arn
    }]
  })
}

module "effect_maybe" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.1.0"

  key_statements = [{
    effect     = var.on ? "Deny" : null
    actions    = ["kms:Encrypt"]
    resources  = ["*"]
    principals = [{ type = "AWS", identifiers = [aws_iam_role.other.arn] }]
  }]
}

resource "aws_iam_role_policy" "effect_maybe" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.effect_maybe.key_arn
    }]
  })
}

module "principals_variable" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.1.0"

  key_statements = [{
    actions    = ["kms:Encrypt"]
    resources  = ["*"]
    principals = var.principals
  }]
}

resource "aws_iam_role_policy" "principals_variable" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.principals_variable.key_arn
    }]
  })
}

module "principals_more" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.1.0"

  key_statements = [{
    actions    = ["kms:Encrypt"]
    resources  = ["*"]
    principals = concat([{ type = "AWS", identifiers = [aws_iam_role.app.arn] }], var.principals)
  }]
}

resource "aws_iam_role_policy" "principals_more" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.principals_more.key_arn
    }]
  })
}

module "principals_incomplete" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.1.0"

  key_statements = [{
    actions   = ["kms:Decrypt"]
    resources = ["*"]
    principals = [
      { type = var.type, identifiers = [aws_iam_role.app.arn] },
      { type = ["AWS"], identifiers = [aws_iam_role.app.arn] },
      { identifiers = [aws_iam_role.app.arn] },
    ]
  }]
}

resource "aws_iam_role_policy" "principals_incomplete" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.principals_incomplete.key_arn
    }]
  })
}

module "principals_sometimes" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.1.0"

  key_statements = [{
    actions    = ["kms:Decrypt"]
    resources  = ["*"]
    principals = var.on ? [{ type = "AWS", identifiers = [aws_iam_role.app.arn] }] : null
  }]
}

resource "aws_iam_role_policy" "principals_sometimes" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.principals_sometimes.key_arn
    }]
  })
}

module "principals_at_times" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.1.0"

  key_statements = [{
    actions    = ["kms:Decrypt"]
    resources  = ["*"]
    principals = concat(var.on ? [{ type = "AWS", identifiers = [aws_iam_role.app.arn] }] : [], [{ type = "AWS", identifiers = [aws_iam_role.other.arn] }])
  }]
}

resource "aws_iam_role_policy" "principals_at_times" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.principals_at_times.key_arn
    }]
  })
}

module "not_principals" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.1.0"

  key_statements = [{
    effect         = "Deny"
    actions        = ["kms:Decrypt"]
    resources      = ["*"]
    not_principals = [{ type = "AWS", identifiers = [aws_iam_role.app.arn] }]
  }]
}

resource "aws_iam_role_policy" "not_principals" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.not_principals.key_arn
    }]
  })
}

module "conditions_variable" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.1.0"

  key_statements = [{
    actions    = ["kms:Decrypt"]
    resources  = ["*"]
    principals = [{ type = "AWS", identifiers = [aws_iam_role.app.arn] }]
    conditions = var.principals
  }]
}

resource "aws_iam_role_policy" "conditions_variable" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.conditions_variable.key_arn
    }]
  })
}

module "conditions_incomplete" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.1.0"

  key_statements = [{
    actions    = ["kms:Decrypt"]
    resources  = ["*"]
    principals = [{ type = "AWS", identifiers = [aws_iam_role.app.arn] }]
    conditions = [
      { variable = "aws:SourceVpc", values = ["vpc-1"] },
      { test = "StringEquals", values = ["vpc-1"] },
      { test = "StringEquals", variable = "aws:SourceVpc" },
      { test = ["StringEquals"], variable = "aws:SourceVpc", values = ["vpc-1"] },
      { test = "StringEquals", variable = ["aws:SourceVpc"], values = ["vpc-1"] },
    ]
  }]
}

resource "aws_iam_role_policy" "conditions_incomplete" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.conditions_incomplete.key_arn
    }]
  })
}

module "conditions_more" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.1.0"

  key_statements = [{
    actions    = ["kms:Decrypt"]
    resources  = ["*"]
    principals = [{ type = "AWS", identifiers = [aws_iam_role.app.arn] }]
    conditions = concat([{ test = "StringEquals", variable = "aws:SourceVpc", values = ["vpc-1"] }], var.principals)
  }]
}

resource "aws_iam_role_policy" "conditions_more" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.conditions_more.key_arn
    }]
  })
}

module "conditions_at_times" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.1.0"

  key_statements = [{
    actions    = ["kms:Decrypt"]
    resources  = ["*"]
    principals = [{ type = "AWS", identifiers = [aws_iam_role.app.arn] }]
    conditions = concat(var.on ? [{ test = "StringEquals", variable = "aws:SourceVpc", values = ["vpc-1"] }] : [], [])
  }]
}

resource "aws_iam_role_policy" "conditions_at_times" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.conditions_at_times.key_arn
    }]
  })
}

module "conditions_sometimes" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.1.0"

  key_statements = [{
    actions    = ["kms:Decrypt"]
    resources  = ["*"]
    principals = [{ type = "AWS", identifiers = [aws_iam_role.app.arn] }]
    conditions = var.on ? [{ test = "StringEquals", variable = "aws:SourceVpc", values = ["vpc-1"] }] : null
  }]
}

resource "aws_iam_role_policy" "conditions_sometimes" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.conditions_sometimes.key_arn
    }]
  })
}

module "owners" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.1.0"

  enable_default_policy = var.on
}

resource "aws_iam_role_policy" "owners" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.owners.key_arn
    }]
  })
}
