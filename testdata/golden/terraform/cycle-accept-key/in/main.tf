# The key of the application.
resource "aws_kms_key" "app" {
  count                              = var.enabled ? 1 : 0
  description                        = "app"
  bypass_policy_lockout_safety_check = false
  enable_key_rotation                = true

  # Who may use it.
  policy = data.aws_iam_policy_document.key[0].json
  tags   = { Name = "app" }
}

variable "enabled" {
  default = true
}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "key" {
  count = var.enabled ? 1 : 0

  statement {
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

resource "aws_iam_role" "app" {
  count              = var.enabled ? 1 : 0
  name               = "app"
  description        = "uses ${aws_kms_key.app[0].arn}"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  count = var.enabled ? 1 : 0
  role  = aws_iam_role.app[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.app[0].arn
    }]
  })
}
