variable "env" { type = string }

locals {
  names = { dev = "handed-on" }
}

output "arn" {
  value = "arn:aws:iam::111122223333:policy/${local.names[var.env]}"
}
