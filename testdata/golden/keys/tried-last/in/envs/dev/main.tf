variable "on" {
  type = object({ on = bool })
}

module "app" {
  source = "../../modules/app"
  env    = "dev"
  on     = var.on
}
