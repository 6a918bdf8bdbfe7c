variable "key_policy" {
  type    = any
  default = null
}

locals {
  policy = var.key_policy
}

module "key" {
  source = "../key"
  policy = local.policy
}

output "arn" {
  value = module.key.arn
}
