provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

provider "aws" {
  alias               = "far"
  region              = "eu-central-1"
  allowed_account_ids = ["111122223333"]
}

data "aws_caller_identity" "current" {}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

module "child" {
  source = "./child"

  providers = {
    aws.there = aws.far
    aws       = aws
  }

  role_name = aws_iam_role.app.name
  role_arn  = aws_iam_role.app.arn
}
