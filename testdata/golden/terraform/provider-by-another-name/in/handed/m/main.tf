terraform {
  required_providers {
    mine = { source = "hashicorp/aws" }
  }
}

variable "key" {}

resource "aws_iam_role" "r" {
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = var.key }] })
}
