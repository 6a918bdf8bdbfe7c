variable "other_key_arn" {}

resource "aws_kms_key" "data" {
  description = "data"
}

module "one" {
  source = "./modules/app"

  key_arn = aws_kms_key.data.arn
}

module "two" {
  source = "./modules/app"

  key_arn = var.other_key_arn
}
