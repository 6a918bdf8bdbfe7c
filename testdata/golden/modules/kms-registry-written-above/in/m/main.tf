module "registry" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.0.0"
}

module "posse" {
  source  = "cloudposse/kms-key/aws"
  version = "0.12.2"
}

output "registry" {
  value = module.registry
}

output "posse" {
  value = module.posse
}
