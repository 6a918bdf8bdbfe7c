variable "key_policy" {
  type = string
}

resource "aws_kms_key" "data" {
  multi_region = true
  policy       = var.key_policy
}

resource "aws_kms_replica_key" "data" {
  provider        = aws.other
  primary_key_arn = aws_kms_key.data.arn
  policy          = var.key_policy
}

provider "aws" {
  alias  = "other"
  region = "eu-west-2"
}

output "arn" {
  value = aws_kms_key.data.arn
}
