variable "accounts" {
  type = any
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "vault" {
  description = "of a template in which one caller may put what is no string"
  policy = templatefile("${path.module}/key.json", {
    account  = data.aws_caller_identity.current.account_id
    accounts = var.accounts
  })
}

output "key_arn" {
  value = aws_kms_key.vault.arn
}
