data "aws_caller_identity" "current" {}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
}

data "aws_region" "current" {}

variable "on" { type = bool }
variable "more" {}
variable "env" { type = string }
variable "other" { default = "x" }
variable "n" { type = number }
variable "list" { type = list(string) }
variable "settings" { type = any }

locals {
  enabled    = var.on && var.more
  settings   = { on = var.on }
  overridden = var.on
  chosen     = var.on ? var.more : var.other == "y"
}
