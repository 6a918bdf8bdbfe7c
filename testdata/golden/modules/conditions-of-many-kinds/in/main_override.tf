locals {
  overridden = var.more
}
