variable "v" {}
output "x" {
  value = (var.v || var.v) && !(var.v && var.v)
}
