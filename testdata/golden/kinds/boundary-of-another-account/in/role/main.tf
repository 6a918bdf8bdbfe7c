provider "aws" {
  allowed_account_ids = ["333333333333"]
}

data "aws_caller_identity" "current" {}

resource "aws_iam_role" "bounded" {
  name                 = "bounded"
  assume_role_policy   = "{}"
  permissions_boundary = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:policy/ceiling"
}
