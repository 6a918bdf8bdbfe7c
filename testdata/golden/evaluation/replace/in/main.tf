module "storage" {
  source = "./storage"
}

module "noise" {
  source = "./team"

  name    = "Noise & Air"
  storage = module.storage
}

module "parking" {
  source = "./team"

  name = "Parking"
}

module "groups" {
  source = "./team"

  name    = "Groups-2"
  storage = module.storage
}
