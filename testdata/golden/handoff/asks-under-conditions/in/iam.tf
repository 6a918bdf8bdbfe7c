provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

provider "aws" {
  alias               = "other"
  region              = "eu-west-1"
  allowed_account_ids = ["444455556666"]
}

variable "vpc" {}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "unknown" {
  name               = "unknown"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "elsewhere" {
  provider           = aws.other
  name               = "elsewhere"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "several" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Encrypt", "kms:Decrypt"]
      Resource = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555551"
      Condition = {
        StringEquals = { "aws:SourceVpc" = ["vpc-1", "vpc-2"], "kms:ViaService" = "s3.eu-west-1.amazonaws.com" }
        Bool         = { "aws:SecureTransport" = "true" }
      }
    }]
  })
}

resource "aws_iam_role_policy" "same" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Encrypt", "kms:Decrypt"]
      Resource = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555552"
    }]
  })
}

resource "aws_iam_role_policy" "same_again" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Encrypt", "kms:Decrypt"]
      Resource = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555552"
    }]
  })
}

resource "aws_iam_role_policy" "value" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = ["kms:Encrypt", "kms:Decrypt"]
      Resource  = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555553"
      Condition = { StringEquals = { "aws:SourceVpc" = [var.vpc] } }
    }]
  })
}

resource "aws_iam_role_policy" "unknown" {
  role = aws_iam_role.unknown.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Encrypt", "kms:Decrypt"]
      Resource = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555554"
    }]
  })
}

resource "aws_iam_role_policy" "elsewhere" {
  provider = aws.other
  role     = aws_iam_role.elsewhere.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Encrypt", "kms:Decrypt"]
      Resource = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
    }]
  })
}

resource "aws_iam_role_policy" "tagged" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = ["kms:Encrypt", "kms:Decrypt"]
      Resource  = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555556"
      Condition = { StringEquals = { "aws:ResourceTag/team" = "data" } }
    }]
  })
}
