module "app" {
  source   = "../../app"
  env      = "prod"
  with_app = true
}
