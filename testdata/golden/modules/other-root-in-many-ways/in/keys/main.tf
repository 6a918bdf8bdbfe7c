provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_kms_alias" "data" {
  name          = "alias/data"
  target_key_id = aws_kms_key.data.key_id
}

module "more" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.1.0"

  aliases = ["more", var.alias]
}

variable "alias" {}

data "aws_iam_role" "found" {
  name = "app"
}

data "aws_iam_role" "another" {
  name = var.alias
}

data "aws_iam_user" "somebody" {
  user_name = "app"
}

output "found" {
  value = data.aws_iam_role.found.unique_id
}
