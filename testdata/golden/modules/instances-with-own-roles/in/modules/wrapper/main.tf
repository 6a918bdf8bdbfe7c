module "one" {
  source = "../twice"
}

module "two" {
  source = "../twice"
}

output "one" {
  value = module.one.arn
}

output "two" {
  value = module.two.arn
}
