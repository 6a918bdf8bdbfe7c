module "admin" {
  source  = "./admin"
  key_arn = module.store.key_arn
}

module "store" {
  source = "./store"
}
