variable "on" {
  type = object({ on = bool })
}

module "app" {
  source = "../../modules/app"
  env    = "prod"
  on     = { on = true }
}
