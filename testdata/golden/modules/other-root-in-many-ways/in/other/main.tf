provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["444455556666"]
}

resource "aws_kms_key" "other" {
  description = "other"
}

resource "aws_kms_alias" "other" {
  name          = "alias/other"
  target_key_id = aws_kms_key.other.key_id
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}
