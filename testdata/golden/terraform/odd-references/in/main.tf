variable "on" {
  type = bool
}

variable "many" {
  type = set(string)
}

variable "x" {}

locals {
  a    = local.b
  b    = local.a
  deps = []
}

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333", "444455556666"]
}

provider "aws" {
  alias               = "us-east"
  region              = [var.x]
  allowed_account_ids = concat(["111122223333"], var.x)
}

provider "aws" {
  alias  = "null"
  region = "eu-west-1"
}

module "outside" {
  source = "../../../x"
}

module "none" {
  source = "./none"
  count  = 0
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_kms_key" "overridden" {}

resource "aws_kms_key" "dashed" {
  provider    = aws.us-east
  description = "dashed"
}

resource "aws_kms_key" "null" {
  provider                           = aws.null
  region                             = null
  bypass_policy_lockout_safety_check = null
}

resource "aws_kms_key" "counted" {
  count = length(aws_kms_key.data[*].arn)
}

resource "aws_kms_key" "missing" {
  count = length(aws_kms_key.nowhere)
}

resource "aws_kms_key" "empty" {
  for_each = toset([])
}

resource "aws_kms_key" "twice" {
  for_each = toset(["a", "a"])
}

resource "aws_kms_key" "slash" {
  for_each = toset(["a\\b"])
}

resource "aws_kms_key" "text" {
  count = "many"
}

resource "aws_kms_key" "each" {
  for_each = var.many

  description = each.key != "a" ? "other" : "a"
  key_usage   = "b" == each.key ? "ENCRYPT_DECRYPT" : null
  tags        = contains([var.x, "c"], each.key) ? {} : null
}

output "role" {
  value = aws_iam_role.app.arn
}

output "key" {
  value = aws_kms_key.data.arn
}

resource "aws_iam_role_policy" "circle" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = local.a
    }]
  })
}

resource "aws_iam_role_policy" "output" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = output.key
    }]
  })
}

resource "aws_iam_role_policy" "prefixed" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = resource.aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_role_policy" "brackets" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = resource["aws_kms_key"].data.arn
    }]
  })
}

resource "aws_iam_role_policy" "none" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.none.arn
    }]
  })
}

resource "aws_iam_role_policy" "outside" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.outside.arn
    }]
  })
}

resource "aws_iam_role_policy" "overridden" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.overridden.arn
    }]
  })
}

resource "aws_iam_role_policy" "dashed" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.dashed.arn
    }]
  })
}

resource "aws_iam_role_policy" "null" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.null.arn
    }]
  })
}

resource "aws_iam_role_policy" "counted" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.counted[0].arn
    }]
  })
}

resource "aws_iam_role_policy" "missing" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.missing[0].arn
    }]
  })
}

resource "aws_iam_role_policy" "empty" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = values(aws_kms_key.empty)[*].arn
    }]
  })
}

resource "aws_iam_role_policy" "twice" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.twice["a"].arn
    }]
  })
}

resource "aws_iam_role_policy" "slash" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.slash["a\\b"].arn
    }]
  })
}

resource "aws_iam_role_policy" "text" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.text[0].arn
    }]
  })
}

resource "aws_iam_role_policy" "splat" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.each[*].arn
    }]
  })
}

resource "aws_iam_role_policy" "values" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = values(aws_kms_key.each)[*].arn
    }]
  })
}

resource "aws_iam_role_policy" "named" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.each["a"].arn
    }]
  })
}

resource "aws_iam_role_policy" "compared" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.each["b"].arn
    }]
  })
}

resource "aws_iam_role_policy" "contained" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.each["c"].arn
    }]
  })
}

resource "aws_iam_role_policy" "quoted" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.each["d\"e"].arn
    }]
  })
}

resource "aws_iam_role_policy" "by_name" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.each[aws_kms_key.data].arn
    }]
  })
}

resource "aws_iam_role_policy" "own" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_secretsmanager_secret.s.kms_key_arn
    }]
  })
}

resource "aws_iam_role_policy" "other" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_secretsmanager_secret.s.arn
    }]
  })
}

resource "aws_iam_role_policy" "waits" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.data.arn
    }]
  })
  depends_on = local.deps
}

resource "aws_secretsmanager_secret" "s" {
  kms_key_id = aws_kms_key.data.arn
}
