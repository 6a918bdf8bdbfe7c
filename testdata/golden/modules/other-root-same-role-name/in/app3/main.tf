provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

variable "env" {}

data "aws_kms_alias" "data" {
  name = "alias/three"
}

resource "aws_iam_role" "app" {
  name               = "app-${var.env}"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = data.aws_kms_alias.data.target_key_arn
    }]
  })
}
