module "key" {
  source = "./modules/key"

  description = "key"
}

module "role" {
  source = "./modules/role"

}

module "access" {
  source = "./modules/access"

  role_name = module.role.name
  key_arn   = module.key.arn
}
