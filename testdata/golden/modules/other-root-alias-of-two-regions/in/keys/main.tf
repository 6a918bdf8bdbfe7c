provider "aws" {
  region = "eu-west-2"
}

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_kms_alias" "data" {
  name          = "alias/data"
  target_key_id = aws_kms_key.data.key_id
}

provider "aws" {
  alias  = "us"
  region = "us-east-1"
}

resource "aws_kms_key" "us" {
  provider    = aws.us
  description = "data"
}

resource "aws_kms_alias" "us" {
  provider      = aws.us
  name          = "alias/data"
  target_key_id = aws_kms_key.us.key_id
}
