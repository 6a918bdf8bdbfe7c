variable "kms_decrypt_principal_arns" {
  type    = list(string)
  default = []
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "this" {
  policy = data.aws_iam_policy_document.key.json
}

output "arn" {
  value = aws_kms_key.this.arn
}

data "aws_iam_policy_document" "key" {
  statement {
    sid       = "Root"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }

  dynamic "statement" {
    for_each = length(var.kms_decrypt_principal_arns) > 0 ? [1] : []

    content {
      sid       = "KmsfixDecrypt8af4d19e"
      effect    = "Allow"
      actions   = ["kms:Decrypt"]
      resources = ["*"]

      principals {
        type        = "AWS"
        identifiers = var.kms_decrypt_principal_arns
      }
    }
  }
}
