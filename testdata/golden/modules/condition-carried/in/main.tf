variable "distribution" {
  type    = string
  default = "oss"
}

variable "replicate" {
  type = bool
}

module "backend" {
  source = "./backend"
}

module "provisioning" {
  source = "./role"

  name         = "provisioning"
  distribution = var.distribution
  key_arn      = module.backend.key_arn
  quiet        = var.replicate
}
