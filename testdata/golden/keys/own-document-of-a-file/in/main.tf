data "aws_caller_identity" "current" {}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

variable "groups" {
  type = list(string)
}

variable "accounts" {
  type = any
}

module "app_logs" {
  source = "./logs"
  name   = "app"
  groups = ["app"]
}

module "audit_logs" {
  source = "./logs"
  name   = "audit"
  groups = var.groups
}

module "app_vault" {
  source   = "./vault"
  accounts = ["111122223333"]
}

module "audit_vault" {
  source   = "./vault"
  accounts = var.accounts
}

resource "aws_kms_key" "template" {
  description = "of a template over several lines"
  policy = templatefile("${path.module}/policies/key.json.tftpl", {
    account = data.aws_caller_identity.current.account_id
    service = "logs.eu-west-1.amazonaws.com"
  })
  deletion_window_in_days = 7
}

resource "aws_kms_key" "plain" {
  description = "of a plain file"
  policy      = file("${path.module}/policies/plain.json")
}

resource "aws_kms_key" "twice" {
  description = "of a file in which two statements have one Sid"
  policy      = file("${path.module}/policies/twice.json")
}

resource "aws_kms_key" "truth" {
  description = "of a template with a condition that is no string"
  policy      = templatefile("${path.module}/policies/truth.json.tftpl", { account = data.aws_caller_identity.current.account_id })
}

resource "aws_kms_key" "heredoc" {
  description = "of a template that is given a heredoc"
  policy = templatefile("${path.module}/policies/key.json.tftpl", {
    account = data.aws_caller_identity.current.account_id
    service = chomp(<<-EOT
      logs.eu-west-1.amazonaws.com
    EOT
    )
  })
}
