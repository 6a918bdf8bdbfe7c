variable "key" {
  type = string
}

variable "more" {
  type = bool
}

module "role" {
  source = "./role"
  count  = var.more ? 1 : 0
  key    = var.key
}
