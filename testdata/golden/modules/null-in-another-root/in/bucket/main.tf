variable "accounts" {
  type    = list(string)
  default = []
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "main" {
  policy = length(var.accounts) > 0 ? data.aws_iam_policy_document.shared.json : null
}

data "aws_iam_policy_document" "shared" {
  statement {
    sid       = "AllowAdmin"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }

  statement {
    sid       = "AllowUse"
    actions   = ["kms:Encrypt", "kms:Decrypt"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = var.accounts
    }
  }
}

output "key_arn" {
  value = aws_kms_key.main.arn
}
