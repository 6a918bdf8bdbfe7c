terraform {
  source = "git::https://git.example.com/plain.git?ref=v1"
}

generate "versions" {
  path     = "versions.tf"
  contents = <<EOF
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
EOF
}

locals {
  source_url = "tfr:///terraform-aws-modules/plain"
  source     = "other/plain"
}
