variable "lambda" {}

module "storage" {
  source          = "../storage"
  athena          = true
  lambda_role_arn = var.lambda
}
