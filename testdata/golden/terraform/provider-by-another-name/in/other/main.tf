terraform {
  required_providers {
    cc     = { source = "hashicorp/awscc" }
    amazon = { source = "hashicorp/aws" }
  }
}
provider "cc" {
  region = "eu-west-1"
}
provider "amazon" {
  region = "eu-west-1"
  assume_role {
    role_arn = "arn:aws:iam::222222222222:role/x"
  }
}
resource "awscc_kms_key" "k" {
  provider   = cc
  key_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111111111111:root" }, Action = "kms:*", Resource = "*" }] })
}
resource "aws_iam_role" "r" {
  assume_role_policy = "{}"
}
resource "aws_iam_role_policy" "p" {
  role = aws_iam_role.r.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = awscc_kms_key.k.arn }] })
}
