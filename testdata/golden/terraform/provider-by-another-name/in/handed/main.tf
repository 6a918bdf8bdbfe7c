terraform {
  required_providers {
    amazon = { source = "registry.terraform.io/hashicorp/aws" }
  }
}

provider "amazon" {
  alias  = "other"
  region = "eu-west-1"
  assume_role {
    role_arn = "arn:aws:iam::222222222222:role/x"
  }
}

resource "aws_kms_key" "k" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111111111111:root" }, Action = "kms:*", Resource = "*" }] })
}

module "other" {
  source    = "./m"
  key       = aws_kms_key.k.arn
  providers = { mine = amazon.other }
}
