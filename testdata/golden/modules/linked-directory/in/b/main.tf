module "kms" {
  source = "../modules/kms"

  name = "b"
}

module "app" {
  source = "../modules/app"

  name        = "b"
  kms_key_arn = module.kms.key_arn
}
