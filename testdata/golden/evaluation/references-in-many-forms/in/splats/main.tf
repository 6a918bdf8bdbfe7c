resource "aws_iam_role" "app" {
  name               = "splats"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "k" {
  description = "k"
}

variable "on" {
  type = bool
}

module "m" {
  source = "./m"
}

module "o" {
  source = "./m"
  count  = var.on ? 1 : 0
}

module "e" {
  source   = "./m"
  for_each = toset(["a"])
}

locals {
  m  = module.m
  e  = module.e
  r  = aws_iam_role.app
  rs = aws_iam_role.app[*]
}

resource "aws_iam_role_policy" "p0" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = local.m.arn }] })
}

resource "aws_iam_role_policy" "p1" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = module.m[*].arn }] })
}

resource "aws_iam_role_policy" "p2" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = one(module.m[*].arn) }] })
}

resource "aws_iam_role_policy" "p3" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = local.e["a"].arn }] })
}

resource "aws_iam_role_policy" "p4" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = values(module.e)[*].arn }] })
}

resource "aws_iam_role_policy" "p5" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = [for m in module.e : m.arn] }] })
}

resource "aws_iam_role_policy" "p6" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = values(local.e)[0].arn }] })
}

resource "aws_iam_role_policy" "p7" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = module.o[0].arn }] })
}

resource "aws_iam_role_policy" "p8" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = one(module.o[*].arn) }] })
}

resource "aws_iam_role_policy" "p9" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = try(module.o[0].arn, aws_kms_key.k.arn) }] })
}

resource "aws_iam_role_policy" "p10" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = module.o[1].arn }] })
}

resource "aws_iam_role_policy" "p11" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = module.e["b"].arn }] })
}

resource "aws_iam_role_policy" "p12" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = module.m.none }] })
}

resource "aws_iam_role_policy" "p13" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = module.none.arn }] })
}

resource "aws_iam_role_policy" "p14" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k[*].arn }] })
}

resource "aws_iam_role_policy" "p15" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k[0].arn }] })
}

resource "aws_iam_role_policy" "p16" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k["a"].arn }] })
}

resource "aws_iam_role_policy" "p17" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.*.arn[0] }] })
}

resource "aws_iam_role_policy" "p18" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = resource.aws_kms_key.k.arn }] })
}

resource "aws_iam_role_policy" "p19" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = [for k in [aws_kms_key.k] : k.arn] }] })
}

resource "aws_iam_role_policy" "p20" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = [for k in aws_kms_key.k[*] : k.arn] }] })
}

resource "aws_iam_role_policy" "p21" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = { a = aws_kms_key.k.arn }.a }] })
}

resource "aws_iam_role_policy" "p22" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = { a = aws_kms_key.k.arn }["a"] }] })
}

resource "aws_iam_role_policy" "p23" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = [{ a = aws_kms_key.k.arn }][*].a }] })
}

resource "aws_iam_role_policy" "p24" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = coalesce(var.none, aws_kms_key.k.arn) }] })
}

resource "aws_iam_role_policy" "p25" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.none }] })
}

resource "aws_iam_role_policy" "p26" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = data.aws_kms_key.none.arn }] })
}

variable "none" {
  default = null
}

resource "aws_iam_role_policy" "by_local" {
  role   = local.r.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
}

resource "aws_iam_role_policy" "by_splat" {
  role   = local.rs[0].name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
}

resource "aws_iam_role_policy" "by_one" {
  role   = one(aws_iam_role.app[*].id)
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
}

resource "aws_iam_role_policy" "by_object" {
  role   = { r = aws_iam_role.app }.r.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
}

