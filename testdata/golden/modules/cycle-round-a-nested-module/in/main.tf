module "keys" {
  source = "./keys"
}

# All of it waits for the keys.
module "app" {
  source     = "./app"
  key        = module.keys.arn
  depends_on = [module.keys]
}
