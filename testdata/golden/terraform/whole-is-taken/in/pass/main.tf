variable "whole" {}

output "again" {
  value = var.whole
}
