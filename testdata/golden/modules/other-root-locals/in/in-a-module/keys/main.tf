variable "name" {
  type = string
}

module "keys" {
  source = "./keys"
  name   = lower(var.name)
}
