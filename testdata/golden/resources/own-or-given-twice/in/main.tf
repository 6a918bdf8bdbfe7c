variable "kms_key_arn" {
  type    = string
  default = null
}

resource "aws_kms_key" "own" {
  count = var.kms_key_arn == null ? 1 : 0
}

resource "aws_iam_role" "whole_block" {
  name               = "whole_block"
  assume_role_policy = "{}"
}

data "aws_iam_policy_document" "whole_block" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = [var.kms_key_arn != null ? var.kms_key_arn : aws_kms_key.own[0].arn]
  }
  statement {
    actions   = ["kms:Decrypt"]
    resources = [var.kms_key_arn != null ? var.kms_key_arn : aws_kms_key.own[0].arn]
  }

  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "whole_block" {
  role   = aws_iam_role.whole_block.name
  policy = data.aws_iam_policy_document.whole_block.json
}

