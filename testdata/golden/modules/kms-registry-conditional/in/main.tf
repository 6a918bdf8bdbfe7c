variable "replicated" {
  type = bool
}

variable "more" {
  type    = list(any)
  default = []
}

module "kms" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.1.0"

  description = "data"
  key_statements = var.replicated ? [
    {
      sid     = "Replication"
      actions = ["kms:Encrypt"]
      principals = [{
        type        = "AWS"
        identifiers = ["arn:aws:iam::444455556666:role/replication"]
      }]
      resources = ["*"]
    }
  ] : []
}

module "short" {
  source  = "terraform-aws-modules/kms/aws"
  version = "4.0.0"

  key_statements = var.replicated ? [local.statement] : []
}

locals {
  statement = {
    sid        = "Logs"
    actions    = ["kms:Encrypt"]
    principals = [{ type = "Service", identifiers = ["logs.eu-west-1.amazonaws.com"] }]
    resources  = ["*"]
  }
}

module "unknown" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.1.0"

  key_statements = var.more
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}
