provider "awscc" {
  region = "eu-west-1"
  assume_role = {
    role_arn = "arn:aws:iam::222222222222:role/deploy"
  }
}

resource "awscc_kms_key" "data" {
  key_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::222222222222:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "awscc_kms_alias" "data" {
  alias_name    = "alias/data"
  target_key_id = awscc_kms_key.data.key_id
}
