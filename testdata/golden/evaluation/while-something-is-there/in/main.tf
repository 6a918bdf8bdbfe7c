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

resource "aws_iam_role" "app" {
  count = var.on ? 1 : 0

  name               = "app"
  assume_role_policy = "{}"
}

data "aws_iam_policy_document" "at_times" {
  count = var.on ? 1 : 0

  statement {
    actions   = ["kms:Decrypt", "kms:Encrypt"]
    resources = [aws_kms_key.data.arn]
  }
}

data "aws_iam_policy_document" "splat" {
  source_policy_documents = data.aws_iam_policy_document.at_times[*].json

  statement {
    actions   = ["s3:ListBucket"]
    resources = ["*"]
  }
}

resource "aws_iam_role" "splat" {
  name               = "splat"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "splat" {
  role   = aws_iam_role.splat.name
  policy = data.aws_iam_policy_document.splat.json
}

data "aws_iam_policy_document" "one" {
  source_policy_documents = compact([one(data.aws_iam_policy_document.at_times[*].json)])

  statement {
    actions   = ["s3:ListBucket"]
    resources = ["*"]
  }
}

resource "aws_iam_role" "one" {
  name               = "one"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "one" {
  role   = aws_iam_role.one.name
  policy = data.aws_iam_policy_document.one.json
}

data "aws_iam_policy_document" "try" {
  source_policy_documents = [try(data.aws_iam_policy_document.at_times[0].json, "")]

  statement {
    actions   = ["s3:ListBucket"]
    resources = ["*"]
  }
}

resource "aws_iam_role" "try" {
  name               = "try"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "try" {
  role   = aws_iam_role.try.name
  policy = data.aws_iam_policy_document.try.json
}

resource "aws_iam_role" "each" {
  name               = "each"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "each" {
  for_each = toset(aws_iam_role.app[*].name)

  role = aws_iam_role.each.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_iam_role" "map" {
  name               = "map"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "map" {
  for_each = { for role in aws_iam_role.app : "app" => role.name }

  role = aws_iam_role.map.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

data "aws_iam_policy_document" "dynamic" {
  dynamic "statement" {
    for_each = aws_iam_role.app[*].arn

    content {
      actions   = ["kms:Decrypt", "kms:Encrypt"]
      resources = [aws_kms_key.data.arn]
    }
  }
}

resource "aws_iam_role" "dynamic" {
  name               = "dynamic"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "dynamic" {
  role   = aws_iam_role.dynamic.name
  policy = data.aws_iam_policy_document.dynamic.json
}

resource "aws_iam_role" "caller" {
  name               = "caller"
  assume_role_policy = "{}"
}

data "aws_iam_policy_document" "caller" {
  statement {
    actions   = ["kms:Decrypt", "kms:Encrypt"]
    resources = [aws_kms_key.data.arn]

    condition {
      test     = "ArnLike"
      variable = "aws:PrincipalArn"
      values   = concat([aws_iam_role.caller.arn], aws_iam_role.app[*].arn)
    }
  }
}

resource "aws_iam_role_policy" "caller" {
  role   = aws_iam_role.caller.name
  policy = data.aws_iam_policy_document.caller.json
}

resource "aws_iam_role" "module" {
  name               = "module"
  assume_role_policy = "{}"
}

module "each" {
  source   = "./policy"
  for_each = toset(aws_iam_role.app[*].name)

  role = aws_iam_role.module.name
  key  = aws_kms_key.data.arn
}

resource "aws_iam_role" "inline" {
  name               = "inline"
  assume_role_policy = "{}"

  inline_policy {
    name   = "data"
    policy = one(data.aws_iam_policy_document.inline[*].json)
  }
}

data "aws_iam_policy_document" "inline" {
  count = var.on ? 1 : 0

  statement {
    actions   = ["kms:Decrypt", "kms:Encrypt"]
    resources = [aws_kms_key.data.arn]
  }
}
