module "key" {
  source = "./modules/key"

  description = "key"
}

module "app" {
  source = "./modules/app"

  key = module.key
}
