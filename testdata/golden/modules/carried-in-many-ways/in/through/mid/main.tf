variable "reader" {
  type = string
}

module "key" {
  source = "./key"
}

output "arn" {
  value = module.key.arn
}
