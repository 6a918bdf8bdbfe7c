variable "which" {
  type = string
}

module "app" {
  source = "../app"
  env    = "dev"
  which  = var.which
}
