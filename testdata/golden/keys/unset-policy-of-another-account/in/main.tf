provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "prod"
  region = "eu-west-1"
  assume_role {
    role_arn = "arn:aws:iam::222233334444:role/deploy"
  }
}

provider "aws" {
  alias  = "test"
  region = "eu-west-1"
  assume_role {
    role_arn = "arn:aws:iam::333344445555:role/deploy"
  }
}

data "aws_caller_identity" "current" {}

data "aws_caller_identity" "test" {
  provider = aws.test
}

resource "aws_kms_key" "prod" {
  provider    = aws.prod
  description = "prod"
}

module "prod" {
  source  = "cloudposse/kms-key/aws"
  version = "0.12.2"

  providers = {
    aws = aws.prod
  }
}

resource "aws_kms_key" "test" {
  provider    = aws.test
  description = "test"
}

resource "aws_iam_role" "prod" {
  provider           = aws.prod
  name               = "app"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "prod" {
  provider = aws.prod
  role     = aws_iam_role.prod.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = [aws_kms_key.prod.arn, module.prod.key_arn]
      }
    ]
  })
}

resource "aws_iam_role" "test" {
  provider           = aws.test
  name               = "app"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "test" {
  provider = aws.test
  role     = aws_iam_role.test.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.test.arn
      }
    ]
  })
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}
