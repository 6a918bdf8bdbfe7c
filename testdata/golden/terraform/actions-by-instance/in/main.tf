data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  read    = ["kms:Decrypt", "kms:DescribeKey"]
  write   = ["kms:Encrypt", "kms:ReEncrypt*"]
  writers = { api = true, job = false }
  actions = {
    api = ["kms:ReEncryptTo"]
    job = ["kms:ReEncryptTo", "kms:Encrypt"]
  }
}

resource "aws_iam_role" "app" {
  for_each           = toset(["api", "job"])
  name               = each.key
  assume_role_policy = "{}"
}

resource "aws_kms_key" "branches" {
  description = "branches"
}

resource "aws_kms_key" "lists" {
  description = "lists"
}

resource "aws_kms_key" "map" {
  description = "map"
}

resource "aws_iam_role_policy" "branches" {
  for_each = aws_iam_role.app
  role     = each.value.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = each.key == "api" ? ["kms:Decrypt", "kms:Encrypt"] : ["kms:Encrypt"]
        Resource = aws_kms_key.branches.arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "lists" {
  for_each = local.writers
  role     = aws_iam_role.app[each.key].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = each.value ? concat(local.read, local.write) : local.read
        Resource = aws_kms_key.lists.arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "map" {
  for_each = local.actions
  role     = aws_iam_role.app[each.key].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = each.value
        Resource = aws_kms_key.map.arn
      },
      {
        Effect   = "Allow"
        Action   = "s3:ListAllMyBuckets"
        Resource = "*"
      }
    ]
  })
}
