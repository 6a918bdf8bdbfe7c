variable "shared_key" {}

module "roles" {
  source  = "./roles"
  key_arn = var.shared_key
}
