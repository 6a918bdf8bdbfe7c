module "app" {
  source = "../app"
  env    = "prod"
}
