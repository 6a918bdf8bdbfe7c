terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

data "aws_caller_identity" "current" {}

provider "aws" {
  alias  = "replica"
  region = "eu-west-2"
}

data "aws_iam_policy_document" "shared" {
  statement {
    sid       = "Root"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

resource "aws_kms_key" "here" {
  description         = "in this Region"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.shared.json
}

resource "aws_kms_key" "there" {
  provider    = aws.replica
  description = "in another one"
  policy      = data.aws_iam_policy_document.shared.json
}

data "aws_iam_policy_document" "many" {
  version = "2008-10-17"

  statement {
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

resource "aws_kms_key" "old_version" {
  description = "variables mean something else there"
  policy      = data.aws_iam_policy_document.many.json
}

resource "aws_kms_key" "counted" {
  count = var.keys

  description = "several"
  policy      = data.aws_iam_policy_document.many.json
}

variable "keys" {
  type = number
}
