variable "partner" {
  type    = string
  default = null
}

variable "with_app" {
  type = bool
}

module "key" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.0.0"

  key_statements = var.partner == null ? [] : [{
    sid        = "Partner"
    actions    = ["kms:Encrypt"]
    resources  = ["*"]
    principals = [{ type = "AWS", identifiers = [var.partner] }]
  }]
}

resource "aws_iam_role" "app" {
  count              = var.with_app ? 1 : 0
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  count  = var.with_app ? 1 : 0
  role   = aws_iam_role.app[0].id
  policy = data.aws_iam_policy_document.app.json
}

data "aws_iam_policy_document" "app" {
  statement {
    actions   = ["kms:Decrypt", "kms:Encrypt"]
    resources = [module.key.key_arn]

    condition {
      test     = "StringEquals"
      variable = "kms:EncryptionContext:user"
      values   = ["&{aws:PrincipalTag/team}"]
    }
  }
}
