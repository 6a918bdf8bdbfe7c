data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

variable "logs" {
  type    = bool
  default = true
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_kms_key" "logs" {
  count       = var.logs ? 1 : 0
  description = "its policy is not ours"
  lifecycle {
    ignore_changes = [policy]
  }
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.name
  policy = data.aws_iam_policy_document.app.json
}

data "aws_iam_policy_document" "app" {
  statement {
    actions   = ["kms:Decrypt", "kms:Encrypt"]
    resources = compact([aws_kms_key.data.arn, try(aws_kms_key.logs[0].arn, "")])
  }

  statement {
    actions   = ["kms:ReEncryptFrom", "kms:Encrypt"]
    resources = compact([aws_kms_key.data.arn, one(aws_kms_key.logs[*].arn)])
  }

  statement {
    actions   = ["kms:ReEncryptTo", "kms:Encrypt"]
    resources = compact([aws_kms_key.data.arn, join("", aws_kms_key.logs[*].arn)])
  }

  statement {
    actions   = ["kms:ReEncrypt*", "kms:Encrypt"]
    resources = flatten([aws_kms_key.data.arn, aws_kms_key.logs[*].arn])
  }
}
