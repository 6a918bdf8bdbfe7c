module "one_key" {
  source = "./kms"
}

module "one" {
  source  = "./app"
  name    = "one"
  key_arn = module.one_key.arn
}

module "two_key" {
  source = "./kms"
}

module "two" {
  source  = "./app"
  name    = "two"
  key_arn = module.two_key.arn
}
