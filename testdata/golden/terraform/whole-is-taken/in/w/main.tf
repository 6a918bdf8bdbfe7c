variable "wholes" {
  type = map(object({ policy = string }))
}
variable "role" {}

module "m" {
  source   = "../m"
  for_each = var.wholes
  whole    = each.value
  role     = var.role
}
