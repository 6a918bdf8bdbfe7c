provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
}

resource "aws_iam_user" "plain" {
  name = "plain"
}

resource "aws_iam_user" "bounded" {
  name = "bounded"
}

resource "aws_iam_user" "both" {
  name                 = "both"
  permissions_boundary = "arn:aws:iam::111122223333:policy/limit"
}

resource "aws_iam_user" "loosened" {
  name                 = "loosened"
  permissions_boundary = "arn:aws:iam::111122223333:policy/limit"
}

data "aws_iam_user" "found" {
  user_name = "plain"
}

data "aws_iam_role" "outside" {
  name = "outside"
}

data "aws_iam_role" "missing" {
  name = "missing"
}

data "aws_iam_role" "pathed" {
  name = "PATHED"
}

resource "aws_iam_group" "team" {
  name = "team"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}
