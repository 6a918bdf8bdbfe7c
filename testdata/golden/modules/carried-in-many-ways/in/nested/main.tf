variable "on" {
  type = bool
}

variable "more" {
  type = bool
}

module "outer" {
  source = "./outer"
  count  = var.on ? 1 : 0
  key    = module.key.arn
  more   = var.more
}

module "key" {
  source = "./key"
}
