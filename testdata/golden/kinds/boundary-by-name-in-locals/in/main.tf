variable "env" { type = string }

locals {
  arns  = { dev = "arn:aws:iam::111122223333:policy/looked-up" }
  limit = lookup(local.arns, var.env, null)
  name  = var.env == "prod" ? "chosen" : "other"
}

module "ends" {
  source = "./ends"
  env    = var.env
}

module "role" {
  source = "./role"
  limit  = var.env == "prod" ? null : module.ends.arn
}

module "elsewhere" {
  source  = "example/app/aws"
  version = "1.0.0"
  extra   = local.given[var.env]
}

locals {
  given = { prod = "arn:aws:iam::111122223333:policy/given" }
}

resource "aws_iam_role" "looked_up" {
  permissions_boundary = local.limit
  assume_role_policy   = "{}"
}

resource "aws_iam_role" "chosen" {
  permissions_boundary = "arn:aws:iam::111122223333:policy/${local.name}"
  assume_role_policy   = "{}"
}
