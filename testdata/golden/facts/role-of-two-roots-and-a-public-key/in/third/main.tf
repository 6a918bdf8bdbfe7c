provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

resource "aws_iam_role" "elsewhere" {
  name               = "elsewhere"
  assume_role_policy = "{}"
}
