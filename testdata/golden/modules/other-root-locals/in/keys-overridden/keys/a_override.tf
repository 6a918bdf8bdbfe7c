locals {
  prefix = "b-${var.name}"
}

