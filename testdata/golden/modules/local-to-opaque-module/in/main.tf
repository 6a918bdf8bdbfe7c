resource "aws_kms_key" "data" {
  description = "data"
}

variable "private" {
  type = bool
}

locals {
  statements = [
    {
      effect    = "Allow"
      actions   = ["kms:Decrypt"]
      resources = [aws_kms_key.data.arn]
    }
  ]

  # What a variable decides is a finding, too.
  registry = var.private ? {
    effect    = "Allow"
    actions   = ["kms:Decrypt", "ecr:GetAuthorizationToken"]
    resources = ["*"]
  } : null

  # This is said of the key: no grant to whoever has a policy.
  key_statements = [
    {
      effect     = "Allow"
      actions    = ["kms:Decrypt"]
      resources  = ["*"]
      principals = [{ type = "Service", identifiers = ["logs.amazonaws.com"] }]
    }
  ]

  unused = [
    {
      effect    = "Allow"
      actions   = ["kms:Decrypt"]
      resources = ["*"]
    }
  ]
}

module "task" {
  source  = "example/task/aws"
  version = "1.2.3"

  policy_statements = concat(local.statements, [local.registry])
  key_statements    = local.key_statements
}
