provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

variable "on" {
  type = bool
}

variable "policy" {
  type    = string
  default = null
}

resource "aws_iam_role" "x" {
  count              = var.on ? 1 : 0
  name               = "x"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

data "aws_iam_policy_document" "d" {
  count = var.on ? 1 : 0
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:root"]
    }
  }
  statement {
    actions   = ["kms:Decrypt"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.app.arn]
    }
  }
}

resource "aws_kms_key" "k0" {
  policy = var.on ? jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }, { Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:Decrypt", Resource = "*" }] }) : jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }] })
}

resource "aws_iam_role_policy" "p0" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k0.arn }] })
}

resource "aws_kms_key" "k1" {
  policy = coalesce(var.policy, jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }, { Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:Decrypt", Resource = "*" }] }))
}

resource "aws_iam_role_policy" "p1" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k1.arn }] })
}

resource "aws_kms_key" "k2" {
  policy = try(data.aws_iam_policy_document.d[0].json, jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }] }))
}

resource "aws_iam_role_policy" "p2" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k2.arn }] })
}

resource "aws_kms_key" "k3" {
  policy = one(data.aws_iam_policy_document.d[*].json)
}

resource "aws_iam_role_policy" "p3" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k3.arn }] })
}

resource "aws_kms_key" "k4" {
  policy = coalesce(one(data.aws_iam_policy_document.d[*].json), jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }] }))
}

resource "aws_iam_role_policy" "p4" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k4.arn }] })
}

resource "aws_kms_key" "k5" {
  policy = jsonencode({ Version = "2012-10-17", Statement = concat([{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }], var.on ? [{ Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:Decrypt", Resource = "*" }] : []) })
}

resource "aws_iam_role_policy" "p5" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k5.arn }] })
}

resource "aws_kms_key" "k6" {
  policy = jsonencode(merge({ Version = "2012-10-17" }, { Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }, { Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:Decrypt", Resource = "*" }] }))
}

resource "aws_iam_role_policy" "p6" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k6.arn }] })
}

resource "aws_kms_key" "k7" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [for s in [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }, { Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:Decrypt", Resource = "*" }] : s if var.on] })
}

resource "aws_iam_role_policy" "p7" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k7.arn }] })
}

resource "aws_kms_key" "k8" {
  policy = jsonencode({ Version = "2012-10-17", Statement = flatten([[{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }], try([data.aws_iam_role.none[0].x], [{ Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:Decrypt", Resource = "*" }])]) })
}

resource "aws_iam_role_policy" "p8" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k8.arn }] })
}

resource "aws_kms_key" "k9" {
  policy = jsonencode({ Version = "2012-10-17", Statement = concat([{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }], [for r in aws_iam_role.x : { Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:Decrypt", Resource = "*" }]) })
}

resource "aws_iam_role_policy" "p9" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k9.arn }] })
}

resource "aws_kms_key" "k10" {
  policy = jsonencode({ Version = "2012-10-17", Statement = concat([{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }], [for r in aws_iam_role.x[*].arn : { Effect = "Allow", Principal = { AWS = [r, aws_iam_role.app.arn] }, Action = "kms:Decrypt", Resource = "*" }]) })
}

resource "aws_iam_role_policy" "p10" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k10.arn }] })
}

resource "aws_kms_key" "k11" {
  policy = jsonencode({ Version = "2012-10-17", Statement = concat([{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }], [for r in module.none : { Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:Decrypt", Resource = "*" }]) })
}

resource "aws_iam_role_policy" "p11" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k11.arn }] })
}

resource "aws_kms_key" "k12" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }, { Effect = "Allow", Principal = { AWS = concat(aws_iam_role.x[*].arn, [aws_iam_role.app.arn])[0] }, Action = "kms:Decrypt", Resource = "*" }] })
}

resource "aws_iam_role_policy" "p12" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k12.arn }] })
}

resource "aws_kms_key" "k13" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }, { Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = var.on ? "kms:Decrypt" : "kms:Encrypt", Resource = "*" }] })
}

resource "aws_iam_role_policy" "p13" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k13.arn }] })
}

resource "aws_kms_key" "k14" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }, { Effect = var.on ? "Allow" : "Deny", Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:Decrypt", Resource = "*" }] })
}

resource "aws_iam_role_policy" "p14" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k14.arn }] })
}

resource "aws_kms_key" "k15" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }, { Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = ["kms:Decrypt"], Resource = var.on ? "*" : "x" }] })
}

resource "aws_iam_role_policy" "p15" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k15.arn }] })
}

resource "aws_kms_key" "k16" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }, { for k, v in { Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:Decrypt", Resource = "*" } : k => v if k != var.policy }] })
}

resource "aws_iam_role_policy" "p16" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k16.arn }] })
}

resource "aws_kms_key" "k17" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }, merge({ Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:Decrypt", Resource = "*" }, var.on ? { Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } } } : {})] })
}

resource "aws_iam_role_policy" "p17" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k17.arn }] })
}

resource "aws_kms_key" "k18" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [for a in toset(["kms:Decrypt", "kms:*"]) : { Effect = "Allow", Principal = { AWS = a == "kms:*" ? "arn:aws:iam::111122223333:root" : aws_iam_role.app.arn }, Action = a, Resource = "*" }] })
}

resource "aws_iam_role_policy" "p18" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k18.arn }] })
}

resource "aws_kms_key" "k30" {
  policy = jsonencode({ Version = "2012-10-17", Statement = concat([{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }], length(aws_iam_role.x) > 0 ? [{ Effect = "Allow", Principal = { AWS = concat(aws_iam_role.x[*].arn, [aws_iam_role.app.arn]) }, Action = "kms:Decrypt", Resource = "*" }] : []) })
}

resource "aws_iam_role_policy" "p30" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k30.arn }] })
}

resource "aws_kms_key" "k31" {
  policy = jsonencode({ Version = "2012-10-17", Statement = concat([{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }], length(aws_iam_role.x[*].arn) > 0 ? [{ Effect = "Allow", Principal = { AWS = concat(aws_iam_role.x[*].arn, [aws_iam_role.app.arn]) }, Action = "kms:Decrypt", Resource = "*" }] : []) })
}

resource "aws_iam_role_policy" "p31" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k31.arn }] })
}

resource "aws_kms_key" "k32" {
  policy = var.on ? jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }, { Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:Decrypt", Resource = "*" }] }) : null
}

resource "aws_iam_role_policy" "p32" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k32.arn }] })
}
