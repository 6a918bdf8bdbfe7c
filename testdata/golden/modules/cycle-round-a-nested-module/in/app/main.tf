variable "key" {
  type = string
}

module "inner" {
  source = "./inner"
  key    = var.key
}
