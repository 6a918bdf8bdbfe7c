data "aws_caller_identity" "current" {}

module "rules" {
  source = "./modules/bucket"
  name   = "rules"
}

module "backup" {
  source = "./modules/bucket"
  name   = "backup"
}

resource "aws_kms_key_policy" "rules" {
  key_id = module.rules.key_id
  policy = data.aws_iam_policy_document.rules.json
}

data "aws_iam_policy_document" "rules" {
  statement {
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }

    actions   = ["kms:*"]
    resources = ["*"]
  }
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = data.aws_iam_policy_document.assume.json
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

resource "aws_iam_role_policy" "app" {
  name = "app"
  role = aws_iam_role.app.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = module.backup.key_arn
      }
    ]
  })
}
