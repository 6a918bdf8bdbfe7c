variable "stage" {
  type = string
}

module "store" {
  source = "./store"
  prefix = var.stage
}
