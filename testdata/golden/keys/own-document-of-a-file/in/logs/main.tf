variable "name" {
  type = string
}

variable "groups" {
  type = list(string)
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "logs" {
  description = var.name
  policy = templatefile("${path.module}/key.json", {
    account = data.aws_caller_identity.current.account_id
    groups  = var.groups
  })
}

output "key_arn" {
  value = aws_kms_key.logs.arn
}
