variable "statements" {
  type = any
}

module "key" {
  source         = "terraform-aws-modules/kms/aws"
  version        = "3.0.0"
  key_statements = var.statements
}

output "key_arn" {
  value = module.key.key_arn
}
