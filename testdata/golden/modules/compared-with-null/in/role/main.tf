variable "name" {
  type = string
}

variable "key_arn" {
  type    = string
  default = null
}

resource "aws_iam_role" "this" {
  name               = var.name
  assume_role_policy = "{}"
}

data "aws_iam_policy_document" "this" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }

  dynamic "statement" {
    for_each = var.key_arn != null ? [1] : []

    content {
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [var.key_arn]
    }
  }
}

resource "aws_iam_role_policy" "this" {
  name   = var.name
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.this.json
}
