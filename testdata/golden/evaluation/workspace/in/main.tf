module "storage" {
  source = "./storage"
}

module "app" {
  source  = "./app"
  key_arn = module.storage.key_arn
}
