provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

variable "actions" {
  type = list(string)
}

variable "arns" {
  type = list(string)
}

variable "effect" {
  type = string
}

variable "condition" {
  type = any
}

variable "on" {
  type = bool
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "not_action" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, NotAction = ["kms:Encrypt"], Resource = "*" }
    ]
  })
}

resource "aws_iam_role_policy" "not_action" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.not_action.arn
    }]
  })
}

resource "aws_kms_key" "not_action_decrypt" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, NotAction = ["kms:De*"], Resource = "*" }
    ]
  })
}

resource "aws_iam_role_policy" "not_action_decrypt" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.not_action_decrypt.arn
    }]
  })
}

resource "aws_kms_key" "not_action_open" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, NotAction = var.actions, Resource = "*" }
    ]
  })
}

resource "aws_iam_role_policy" "not_action_open" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.not_action_open.arn
    }]
  })
}

resource "aws_kms_key" "not_action_root" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, NotAction = ["kms:Encrypt"], Resource = "*" }
    ]
  })
}

resource "aws_iam_role_policy" "not_action_root" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.not_action_root.arn
    }]
  })
}

resource "aws_kms_key" "not_resource" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:Decrypt", NotResource = "arn:aws:s3:::b" }
    ]
  })
}

resource "aws_iam_role_policy" "not_resource" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.not_resource.arn
    }]
  })
}

resource "aws_kms_key" "no_resource" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:Decrypt" }
    ]
  })
}

resource "aws_iam_role_policy" "no_resource" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.no_resource.arn
    }]
  })
}

resource "aws_kms_key" "own_resource" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:Decrypt", Resource = "arn:aws:kms:eu-west-1:111122223333:key/1" }
    ]
  })
}

resource "aws_iam_role_policy" "own_resource" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.own_resource.arn
    }]
  })
}

resource "aws_kms_key" "not_principal" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", NotPrincipal = { AWS = aws_iam_role.app.arn }, Action = "kms:Decrypt", Resource = "*" }
    ]
  })
}

resource "aws_iam_role_policy" "not_principal" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.not_principal.arn
    }]
  })
}

resource "aws_kms_key" "no_action" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Resource = "*" }
    ]
  })
}

resource "aws_iam_role_policy" "no_action" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.no_action.arn
    }]
  })
}

resource "aws_kms_key" "effect" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = var.effect, Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:Decrypt", Resource = "*" }
    ]
  })
}

resource "aws_iam_role_policy" "effect" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.effect.arn
    }]
  })
}

resource "aws_kms_key" "principals_open" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = { AWS = concat([aws_iam_role.app.arn], var.arns) }, Action = "kms:Decrypt", Resource = "*" }
    ]
  })
}

resource "aws_iam_role_policy" "principals_open" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.principals_open.arn
    }]
  })
}

resource "aws_kms_key" "actions_open" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = concat(["kms:Decrypt"], var.actions), Resource = "*" }
    ]
  })
}

resource "aws_iam_role_policy" "actions_open" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.actions_open.arn
    }]
  })
}

resource "aws_kms_key" "conditions_open" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:Decrypt", Resource = "*", Condition = var.condition }
    ]
  })
}

resource "aws_iam_role_policy" "conditions_open" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.conditions_open.arn
    }]
  })
}

resource "aws_kms_key" "at_times" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      var.on ? { Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:Decrypt", Resource = "*" } : null
    ]
  })
}

resource "aws_iam_role_policy" "at_times" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.at_times.arn
    }]
  })
}

resource "aws_kms_key" "caller_account" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = "*", Action = "kms:Decrypt", Resource = "*", Condition = { StringEquals = { "kms:CallerAccount" = ["111122223333", "999999999999"] } } }
    ]
  })
}

resource "aws_iam_role_policy" "caller_account" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.caller_account.arn
    }]
  })
}

resource "aws_kms_key" "caller_like" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = "*", Action = "kms:Decrypt", Resource = "*", Condition = { StringLike = { "kms:CallerAccount" = "111122223333" } } }
    ]
  })
}

resource "aws_iam_role_policy" "caller_like" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.caller_like.arn
    }]
  })
}

resource "aws_kms_key" "caller_not" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = "*", Action = "kms:Decrypt", Resource = "*", Condition = { StringNotEquals = { "kms:CallerAccount" = "111122223333" } } }
    ]
  })
}

resource "aws_iam_role_policy" "caller_not" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.caller_not.arn
    }]
  })
}

resource "aws_kms_key" "caller_other" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = "*", Action = "kms:Decrypt", Resource = "*", Condition = { StringEquals = { "kms:CallerAccount" = "999999999999" } } }
    ]
  })
}

resource "aws_iam_role_policy" "caller_other" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.caller_other.arn
    }]
  })
}

resource "aws_kms_key" "other_root" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::999999999999:root" }, Action = "kms:*", Resource = "*" }
    ]
  })
}

resource "aws_iam_role_policy" "other_root" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.other_root.arn
    }]
  })
}

resource "aws_kms_key" "bare_account" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "111122223333" }, Action = "kms:*", Resource = "*" }
    ]
  })
}

resource "aws_iam_role_policy" "bare_account" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.bare_account.arn
    }]
  })
}

resource "aws_kms_key" "service" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = { Service = "logs.amazonaws.com" }, Action = "kms:Decrypt", Resource = "*" }
    ]
  })
}

resource "aws_iam_role_policy" "service" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.service.arn
    }]
  })
}

resource "aws_kms_key" "federated" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = { Federated = "accounts.google.com" }, Action = "kms:Decrypt", Resource = "*" }
    ]
  })
}

resource "aws_iam_role_policy" "federated" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.federated.arn
    }]
  })
}

resource "aws_kms_key" "denied" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Deny", Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:Decrypt", Resource = "*" }
    ]
  })
}

resource "aws_iam_role_policy" "denied" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.denied.arn
    }]
  })
}

resource "aws_kms_key" "own_sid" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Sid = "KmsfixDecrypt8af4d19e", Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:role/x" }, Action = "kms:Decrypt", NotResource = "arn:aws:s3:::b" }
    ]
  })
}

resource "aws_iam_role_policy" "own_sid" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.own_sid.arn
    }]
  })
}

resource "aws_kms_key" "own_sid_not" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Sid = "KmsfixDecrypt8af4d19e", Effect = "Allow", NotPrincipal = { AWS = "arn:aws:iam::111122223333:role/x" }, Action = "kms:Decrypt", Resource = "*" }
    ]
  })
}

resource "aws_iam_role_policy" "own_sid_not" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.own_sid_not.arn
    }]
  })
}

resource "aws_kms_key" "own_sid_action" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Sid = "KmsfixDecrypt8af4d19e", Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:role/x" }, NotAction = "kms:Decrypt", Resource = "*" }
    ]
  })
}

resource "aws_iam_role_policy" "own_sid_action" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.own_sid_action.arn
    }]
  })
}

resource "aws_kms_key" "own_sid_more" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Sid = "KmsfixDecrypt8af4d19e", Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:role/x" }, Action = ["kms:Decrypt", "kms:ReEncryptFrom"], Resource = "*" }
    ]
  })
}

resource "aws_iam_role_policy" "own_sid_more" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.own_sid_more.arn
    }]
  })
}

resource "aws_kms_key" "own_sid_if" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Sid = "KmsfixDecrypt8af4d19e", Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:role/x" }, Action = "kms:Decrypt", Resource = "*", Condition = { StringEquals = { "aws:PrincipalTag/a" = "b" } } }
    ]
  })
}

resource "aws_iam_role_policy" "own_sid_if" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.own_sid_if.arn
    }]
  })
}
