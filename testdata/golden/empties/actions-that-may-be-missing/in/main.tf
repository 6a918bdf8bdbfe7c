variable "more" {
  type    = list(string)
  default = []
}

variable "writes" {
  type = bool
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = file("trust.json")
}

resource "aws_kms_key" "data" {}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.app.json
}

data "aws_iam_policy_document" "app" {
  statement {
    sid       = "NoneForSure"
    actions   = concat(["kms:Decrypt"], var.more)
    resources = [aws_kms_key.data.arn]
  }

  statement {
    sid       = "OneAtTimes"
    actions   = concat(["kms:Decrypt"], var.writes ? ["kms:Encrypt"] : [])
    resources = [aws_kms_key.data.arn]
  }

  statement {
    sid       = "OneForSure"
    actions   = concat(["kms:Decrypt", "kms:DescribeKey"], var.writes ? ["kms:Encrypt"] : [])
    resources = [aws_kms_key.data.arn]
  }
}
