terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 2.70"
    }
  }
}

data "aws_caller_identity" "current" {}

variable "on" {
  type    = bool
  default = true
}

variable "arns" {
  type    = list(string)
  default = []
}

resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "q" {
  role = aws_iam_role.r.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:ReEncrypt*", "kms:Encrypt"], Resource = aws_kms_key.k.arn }]
  })
}

resource "aws_kms_key" "k" {
  policy = templatefile("${path.module}/k.json.tpl", { account = data.aws_caller_identity.current.account_id })
}
