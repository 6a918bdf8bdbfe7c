resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

variable "key_arn" {}
variable "on" { default = true }
variable "env" { type = string }
variable "own" { default = null }
variable "list" { default = [] }

locals {
  both = var.on && var.own
}

resource "aws_iam_role_policy" "p0" {
  count = var.env == "prod" ? 1 : 0

  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = var.key_arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "p1" {
  count = var.env != "prod" ? 1 : 0

  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = var.key_arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "p2" {
  count = var.on && var.env == "prod" ? 1 : 0

  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = var.key_arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "p3" {
  count = !var.on ? 1 : 0

  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = var.key_arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "p4" {
  count = var.on || var.env == "prod" ? 0 : 1

  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = var.key_arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "p5" {
  count = var.own ? 1 : 0

  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = var.key_arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "p6" {
  count = local.both ? 1 : 0

  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = var.key_arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "p7" {
  count = length(var.list) > 0 ? 1 : 0

  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = var.key_arn
      }
    ]
  })
}
