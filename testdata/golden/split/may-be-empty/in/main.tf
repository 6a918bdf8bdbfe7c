data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

variable "key" {
  type    = string
  default = ""
}

variable "other" {
  type    = string
  default = null
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_kms_key" "logs" {
  description = "its policy is not ours"
  lifecycle {
    ignore_changes = [policy]
  }
}

resource "aws_iam_role_policy" "blocks" {
  role   = aws_iam_role.app.name
  policy = data.aws_iam_policy_document.blocks.json
}

data "aws_iam_policy_document" "blocks" {
  statement {
    actions   = ["kms:Decrypt", "kms:Encrypt"]
    resources = compact([aws_kms_key.data.arn, var.key])
  }

  statement {
    actions   = ["kms:ReEncryptFrom"]
    resources = compact([aws_kms_key.data.arn, aws_kms_key.logs.arn, var.key])
  }

  statement {
    actions   = ["kms:ReEncryptTo", "kms:Encrypt"]
    resources = compact([aws_kms_key.data.arn, aws_kms_key.logs.arn, var.key])
  }
}

resource "aws_iam_role_policy" "json" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = compact([aws_kms_key.data.arn, var.other])
      }
    ]
  })
}
