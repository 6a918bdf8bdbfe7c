variable "base" {
  default = "../modules"
}

module "key" {
  source = "${var.base}/key"
}
