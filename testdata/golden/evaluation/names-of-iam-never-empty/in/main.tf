module "role" {
  source = "./role"
  prefix = var.prefix
}

module "table" {
  source    = "./table"
  role_name = module.role.name
  key_arn   = aws_kms_key.table.arn
}

variable "prefix" {}

resource "aws_kms_key" "table" {}
