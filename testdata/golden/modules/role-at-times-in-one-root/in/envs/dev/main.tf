variable "with_app" {
  type = bool
}

module "app" {
  source   = "../../app"
  env      = "dev"
  with_app = var.with_app
}
