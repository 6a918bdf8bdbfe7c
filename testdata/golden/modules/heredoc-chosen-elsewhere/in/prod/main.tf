variable "which" {
  type = string
}

module "app" {
  source = "../app"
  env    = "prod"
  which  = "a"
}
