module "app" {
  source = "../app"
  env    = "dev"
}
