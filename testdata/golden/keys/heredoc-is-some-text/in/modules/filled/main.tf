variable "policy" {
  type    = string
  default = ""
}

data "aws_caller_identity" "this" {}

data "aws_iam_policy_document" "this" {
  statement {
    sid       = "Root"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.this.account_id}:root"]
    }
  }
}

resource "aws_kms_key" "this" {
  policy = var.policy != "" ? var.policy : data.aws_iam_policy_document.this.json
}

output "arn" {
  value = aws_kms_key.this.arn
}
