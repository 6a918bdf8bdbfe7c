variable "enabled" {
  type = bool
}

resource "aws_kms_key" "this" {
  description = "data"
  policy      = data.aws_iam_policy_document.key.json
}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "key" {
  statement {
    sid       = "Delegate"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

module "app" {
  source = "./modules/app"
  count  = var.enabled ? 1 : 0

  key_arn = aws_kms_key.this.arn
}
