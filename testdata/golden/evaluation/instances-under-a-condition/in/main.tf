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

resource "aws_iam_role" "reader" {
  name               = "reader"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "writer" {
  name               = "writer"
  assume_role_policy = "{}"
}

locals {
  roles = {
    reader = { name = aws_iam_role.reader.name, decrypts = true }
    writer = { name = aws_iam_role.writer.name, decrypts = var.on }
  }
}

resource "aws_iam_policy" "filtered" {
  name = "filtered"

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_iam_role_policy_attachment" "filtered" {
  for_each = { for key, role in local.roles : key => role if role.decrypts }

  role       = each.value.name
  policy_arn = aws_iam_policy.filtered.arn
}

resource "aws_iam_role" "listed" {
  name               = "listed"
  assume_role_policy = "{}"
}

resource "aws_iam_policy" "listed" {
  name = "listed"

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_iam_role_policy_attachment" "listed" {
  for_each = toset(concat(["arn:aws:iam::aws:policy/ReadOnlyAccess"], var.on ? [] : [aws_iam_policy.listed.arn]))

  role       = aws_iam_role.listed.name
  policy_arn = each.value
}

resource "aws_iam_role" "both" {
  name               = "both"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "at_times" {
  name               = "at_times"
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
  roles      = concat([aws_iam_role.both.name], var.on ? [aws_iam_role.at_times.name] : [])
  policy_arn = aws_iam_policy.attached.arn
}

resource "aws_iam_role" "module" {
  name               = "module"
  assume_role_policy = "{}"
}

module "policy" {
  source   = "./policy"
  for_each = var.on ? toset(["data"]) : []

  role = aws_iam_role.module.name
  key  = aws_kms_key.data.arn
}

resource "aws_iam_role" "always" {
  name               = "always"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "always" {
  for_each = toset(var.on ? ["data"] : ["data", "more"])

  role = aws_iam_role.always.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}
