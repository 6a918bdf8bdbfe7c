data "aws_caller_identity" "current" {}

resource "aws_kms_key" "k" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "other" {
  name               = "other"
  assume_role_policy = "{}"
}

# Something else of it.
resource "aws_iam_role_policy" "id" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:id"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

resource "aws_ssm_parameter" "of_id" {
  name       = lookup(aws_iam_role_policy.id, "id")
  type       = "String"
  value      = aws_iam_role_policy.id.name
  depends_on = [aws_iam_role_policy.id]
}

# Something else of each, how many there are, and how they are called.
resource "aws_iam_role_policy" "names" {
  for_each = toset(["a"])
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:names"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

resource "aws_ssm_parameter" "of_names" {
  count = length(aws_iam_role_policy.names)
  name  = join("-", keys(aws_iam_role_policy.names))
  type  = "String"
  value = join(",", [for k, v in aws_iam_role_policy.names : v.name if v != null], values(aws_iam_role_policy.names)[*].id)
}

resource "aws_ssm_parameter" "by_name" {
  for_each = aws_iam_role_policy.names
  name     = each.value.id
  type     = "String"
  value    = each.key
}

# What stands beside it in a map.
resource "aws_iam_role_policy" "beside" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:beside"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

locals {
  settings = {
    policy = aws_iam_role_policy.beside
    region = "eu-west-1"
  }
}

resource "aws_ssm_parameter" "of_beside" {
  name  = lookup(local.settings, "region")
  type  = "String"
  value = local.settings["region"]
}

module "of_beside" {
  source   = "./m"
  settings = local.settings
}

# An output that nobody reads, and a module that is never there.
resource "aws_iam_role_policy" "unread" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:unread"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

output "unread" {
  value = aws_iam_role_policy.unread
}

module "absent" {
  count  = 0
  source = "./m"
  settings = {
    region = aws_iam_role_policy.unread
  }
}

# An object that does not have the text.
resource "aws_iam_role_policy" "typed" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:typed"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

module "of_typed" {
  source = "./typed"
  whole  = aws_iam_role_policy.typed
}
