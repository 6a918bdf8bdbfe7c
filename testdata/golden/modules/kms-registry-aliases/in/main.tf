data "aws_caller_identity" "me" {}

data "aws_region" "here" {}

module "pem" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.0.0"

  description = "certificates"
  aliases     = ["pem/ssm", "pem.old"]
}

module "posse" {
  source  = "cloudposse/kms-key/aws"
  version = "0.12.2"

  alias = "alias/posse"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = module.pem.aliases["pem/ssm"].target_key_arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:ReEncryptFrom", "kms:Encrypt"]
        Resource = "arn:aws:kms:${data.aws_region.here.name}:${data.aws_caller_identity.me.account_id}:key/${module.pem.aliases["pem.old"].target_key_id}"
      },
      {
        Effect   = "Allow"
        Action   = ["kms:ReEncryptTo", "kms:Encrypt"]
        Resource = module.pem.aliases["pem/ssm"].arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = module.posse.alias_arn
      }
    ]
  })
}
