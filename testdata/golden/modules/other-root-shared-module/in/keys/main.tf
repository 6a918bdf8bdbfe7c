module "data" {
  source = "../modules/kms"
  name   = "data"
}

module "logs" {
  source = "../modules/kms"
  name   = "logs"
}
