provider "aws" {
  for_each            = toset(["eu-west-1", "eu-central-1"])
  alias               = "each"
  region              = each.value
  allowed_account_ids = ["111122223333"]
}

variable "region" {
  type = string
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

module "each" {
  source = "../child2"

  providers = {
    aws.there = aws.each["eu-central-1"]
    aws       = aws.each["${var.region}"]
  }

  role_name = aws_iam_role.app.name
  role_arn  = aws_iam_role.app.arn
}
