variable "on" {
  type = bool
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

module "m" {
  source = "./m"
  count  = var.on ? 1 : 0
  arn    = aws_iam_role.app.arn
}

data "aws_caller_identity" "current" {}

locals {
  first = try([module.m[0].arn], [])
}

resource "aws_kms_key" "first" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }], length(local.first) > 0 ? [{
      Effect    = "Allow"
      Principal = { AWS = local.first }
      Action    = "kms:Decrypt"
      Resource  = "*"
    }] : [])
  })
}

resource "aws_iam_role_policy" "first" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.first.arn
    }]
  })
}

locals {
  list = try(module.m[0].arns, [])
}

resource "aws_kms_key" "list" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }], length(local.list) > 0 ? [{
      Effect    = "Allow"
      Principal = { AWS = local.list }
      Action    = "kms:Decrypt"
      Resource  = "*"
    }] : [])
  })
}

resource "aws_iam_role_policy" "list" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.list.arn
    }]
  })
}

locals {
  splat = module.m[*].arn
}

resource "aws_kms_key" "splat" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }], length(local.splat) > 0 ? [{
      Effect    = "Allow"
      Principal = { AWS = local.splat }
      Action    = "kms:Decrypt"
      Resource  = "*"
    }] : [])
  })
}

resource "aws_iam_role_policy" "splat" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.splat.arn
    }]
  })
}

locals {
  loop = [for m in module.m : m.arn]
}

resource "aws_kms_key" "loop" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }], length(local.loop) > 0 ? [{
      Effect    = "Allow"
      Principal = { AWS = local.loop }
      Action    = "kms:Decrypt"
      Resource  = "*"
    }] : [])
  })
}

resource "aws_iam_role_policy" "loop" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.loop.arn
    }]
  })
}

locals {
  one = compact([one(module.m[*].arn)])
}

resource "aws_kms_key" "one" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }], length(local.one) > 0 ? [{
      Effect    = "Allow"
      Principal = { AWS = local.one }
      Action    = "kms:Decrypt"
      Resource  = "*"
    }] : [])
  })
}

resource "aws_iam_role_policy" "one" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.one.arn
    }]
  })
}

locals {
  of_map = try([module.m[0].map.arn], [])
}

resource "aws_kms_key" "of_map" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }], length(local.of_map) > 0 ? [{
      Effect    = "Allow"
      Principal = { AWS = local.of_map }
      Action    = "kms:Decrypt"
      Resource  = "*"
    }] : [])
  })
}

resource "aws_iam_role_policy" "of_map" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.of_map.arn
    }]
  })
}

locals {
  direct = [module.m[0].arn]
}

resource "aws_kms_key" "direct" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }], length(local.direct) > 0 ? [{
      Effect    = "Allow"
      Principal = { AWS = local.direct }
      Action    = "kms:Decrypt"
      Resource  = "*"
    }] : [])
  })
}

resource "aws_iam_role_policy" "direct" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.direct.arn
    }]
  })
}

locals {
  inside = try([module.m[0].own], [])
}

resource "aws_kms_key" "inside" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }], length(local.inside) > 0 ? [{
      Effect    = "Allow"
      Principal = { AWS = local.inside }
      Action    = "kms:Decrypt"
      Resource  = "*"
    }] : [])
  })
}

resource "aws_iam_role_policy" "inside" {
  count = var.on ? 1 : 0
  role  = module.m[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.inside.arn
    }]
  })
}

locals {
  inside_list = try(module.m[0].owns, [])
}

resource "aws_kms_key" "inside_list" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }], length(local.inside_list) > 0 ? [{
      Effect    = "Allow"
      Principal = { AWS = local.inside_list }
      Action    = "kms:Decrypt"
      Resource  = "*"
    }] : [])
  })
}

resource "aws_iam_role_policy" "inside_list" {
  count = var.on ? 1 : 0
  role  = module.m[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.inside_list.arn
    }]
  })
}
