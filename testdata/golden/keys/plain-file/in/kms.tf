terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 2.70"
    }
  }
}

resource "aws_kms_key" "data" {
  policy = file("${path.module}/key.json")
}
