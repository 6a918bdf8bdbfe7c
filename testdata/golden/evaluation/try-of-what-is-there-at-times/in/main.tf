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

resource "aws_kms_key" "more" {
  description = "more"
}

resource "aws_kms_key" "at_times" {
  count = var.on ? 1 : 0

  description = "at times"
}

locals {
  text       = var.on ? { arn = aws_kms_key.data.arn } : {}
  list       = merge({ all = [] }, var.on ? { arns = [aws_kms_key.data.arn], keys = [{ arn = aws_kms_key.data.arn }] } : {})
  statements = merge({ all = [] }, var.on ? { data = [{ Effect = "Allow", Action = ["kms:ReEncrypt*", "kms:Encrypt"], Resource = aws_kms_key.data.arn }] } : {})
  roles      = merge({ all = [] }, var.on ? { data = [aws_iam_role.attached.name] } : {})
}

resource "aws_iam_role" "member" {
  name               = "member"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "member" {
  role = aws_iam_role.member.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = compact([aws_kms_key.more.arn, try(local.text.arn, "")]) }]
  })
}

resource "aws_iam_role" "list" {
  name               = "list"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "list" {
  role = aws_iam_role.list.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = concat([aws_kms_key.more.arn], try(local.list.arns, [])) }]
  })
}

resource "aws_iam_role" "splat" {
  name               = "splat"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "splat" {
  role = aws_iam_role.splat.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = concat([aws_kms_key.more.arn], try(local.list.keys[*].arn, [])) }]
  })
}

resource "aws_iam_role" "pair" {
  name               = "pair"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "pair" {
  role = aws_iam_role.pair.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = concat([aws_kms_key.more.arn], try([aws_kms_key.at_times[0].arn, aws_kms_key.data.arn], [])) }]
  })
}

resource "aws_iam_role" "joined" {
  name               = "joined"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "joined" {
  role = aws_iam_role.joined.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = concat([aws_kms_key.more.arn], try(concat([aws_kms_key.at_times[0].arn], [aws_kms_key.data.arn]), [])) }]
  })
}

resource "aws_iam_role" "statements" {
  name               = "statements"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "statements" {
  role = aws_iam_role.statements.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat([{ Effect = "Allow", Action = "s3:ListBucket", Resource = "*" }], try(local.statements.data, []))
  })
}

resource "aws_iam_role" "attached" {
  name               = "attached"
  assume_role_policy = "{}"
}

resource "aws_iam_policy" "attached" {
  name = "attached"

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_iam_policy_attachment" "attached" {
  name       = "attached"
  roles      = try(local.roles.data, [])
  policy_arn = aws_iam_policy.attached.arn
}
