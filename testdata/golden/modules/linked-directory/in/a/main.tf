module "kms" {
  source = "./modules/kms"

  name = "shared"
}

module "app" {
  source = "./modules/app"

  name        = "app"
  kms_key_arn = module.kms.key_arn
}
