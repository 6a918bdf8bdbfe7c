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

data "aws_kms_alias" "far" {
  region = "us-east-1"
  name   = "alias/data"
}

data "aws_kms_key" "far" {
  region = "us-east-1"
  key_id = "alias/data"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "app" {
  name = "app"
  role = aws_iam_role.app.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = data.aws_kms_alias.far.target_key_arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = data.aws_kms_key.far.arn
      }
    ]
  })
}

data "aws_region" "far" {
  region = "us-east-1"
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy" "by_arn" {
  name = "by_arn"
  role = aws_iam_role.app.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = "arn:aws:kms:${data.aws_region.far.region}:${data.aws_caller_identity.current.account_id}:key/${aws_kms_key.data.key_id}"
      }
    ]
  })
}

data "aws_caller_identity" "current" {}

provider "aws" {
  alias  = "us"
  region = "us-east-1"
}

data "aws_kms_key" "replica" {
  provider = aws.us
  key_id   = aws_kms_key.data.key_id
}

resource "aws_iam_role_policy" "by_id" {
  name = "by_id"
  role = aws_iam_role.app.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = data.aws_kms_key.replica.arn
      }
    ]
  })
}
