data "aws_caller_identity" "current" {}

resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_kms_alias" "data" {
  name          = "alias/sandbox"
  target_key_id = aws_kms_key.data.key_id
}

module "terragrunt" {
  source      = "../modules/terragrunt"
  kms_key_arn = aws_kms_key.data.arn
}

module "choice" {
  source      = "../modules/choice"
  kms_key_arn = aws_kms_key.data.arn
}

module "remote" {
  source      = "../modules/remote"
  kms_key_arn = aws_kms_key.data.arn
}

module "computed" {
  source      = "../modules/computed"
  kms_key_arn = aws_kms_key.data.arn
}

module "plain" {
  source      = "../modules/plain"
  kms_key_arn = aws_kms_key.data.arn
}

module "shown" {
  source      = "../modules/shown"
  kms_key_arn = aws_kms_key.data.arn
}

module "commented" {
  source      = "../modules/commented"
  kms_key_arn = aws_kms_key.data.arn
}
