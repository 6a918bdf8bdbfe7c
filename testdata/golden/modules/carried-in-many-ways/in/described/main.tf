module "role" {
  source = "./role"
  key    = module.key.arn
}

module "key" {
  source = "./key"
  alias  = "x"
}
