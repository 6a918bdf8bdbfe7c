variable "v" {}
output "x" {
  value = (var.v || var.v) && !(var.v && var.unknown ? var.v : null)
}
