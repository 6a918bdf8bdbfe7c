provider "aws" {
  region = "eu-west-1"

  dynamic "assume_role" {
    for_each = var.deployer == null ? [] : [var.deployer]
    content {
      role_arn = assume_role.value
    }
  }
}

variable "deployer" {
  type = string
}

data "aws_kms_alias" "data" {
  name = "alias/dynamic"
}

resource "aws_iam_role" "app" {
  name               = "dynamic"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = data.aws_kms_alias.data.target_key_arn
    }]
  })
}
