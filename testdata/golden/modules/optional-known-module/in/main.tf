variable "enabled" {
  type = bool
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "app" {
  count       = var.enabled ? 1 : 0
  description = "app"
}

resource "aws_kms_key_policy" "app" {
  count  = var.enabled ? 1 : 0
  key_id = aws_kms_key.app[count.index].key_id
  policy = data.aws_iam_policy_document.key.json
}

data "aws_iam_policy_document" "key" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

module "role" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-role"
  version = "~> 6.2"

  count = var.enabled ? 1 : 0
  name  = "app"

  create_inline_policy = true
  inline_policy_permissions = {
    KMSUseKey = {
      effect = "Allow"
      actions = [
        "kms:Decrypt",
        "kms:DescribeKey"
      ]
      resources = [aws_kms_key.app[0].arn]
    }
  }
}
