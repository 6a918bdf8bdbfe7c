variable "name" {
  type = string
}

variable "storage" {
  type    = object({ key_arn = string })
  default = null
}

locals {
  id    = replace(lower(var.name), "/[^a-z0-9]+/", "-")
  short = replace(local.id, "noise-", "")
  group = replace(local.id, "/([a-z]+)-([0-9])/", "$1")
}

resource "aws_iam_role" "team" {
  name               = local.id
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "noise" {
  count = local.id == "noise-air" && local.short == "air" && var.storage != null ? 1 : 0
  role  = aws_iam_role.team.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.storage.key_arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "groups" {
  count = local.group == "groups" && var.storage != null ? 1 : 0
  role  = aws_iam_role.team.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = var.storage.key_arn
      }
    ]
  })
}
