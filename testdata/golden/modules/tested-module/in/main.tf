module "own" {
  source = "./modules/own"
  name   = "own"
}

module "app_own" {
  source      = "./modules/app_own"
  kms_key_arn = module.own.key_arn
}

module "own_tests" {
  source = "./modules/own_tests"
  name   = "own_tests"
}

module "app_own_tests" {
  source      = "./modules/app_own_tests"
  kms_key_arn = module.own_tests.key_arn
}

module "run" {
  source = "./modules/run"
  name   = "run"
}

module "app_run" {
  source      = "./modules/app_run"
  kms_key_arn = module.run.key_arn
}

module "json" {
  source = "./modules/json"
  name   = "json"
}

module "app_json" {
  source      = "./modules/app_json"
  kms_key_arn = module.json.key_arn
}

module "untested" {
  source = "./modules/untested"
  name   = "untested"
}

module "app_untested" {
  source      = "./modules/app_untested"
  kms_key_arn = module.untested.key_arn
}
