variable "key_arn" {
  type    = string
  default = ""
}

resource "aws_iam_role" "reader" {
  name_prefix        = "reader"
  assume_role_policy = "{}"
}

data "aws_iam_policy_document" "decrypt" {
  count = length(var.key_arn) > 0 ? 1 : 0

  statement {
    actions   = ["kms:Decrypt", "kms:DescribeKey"]
    resources = [var.key_arn]
  }
}

resource "aws_iam_role_policy" "decrypt" {
  count = length(var.key_arn) > 0 ? 1 : 0

  role   = aws_iam_role.reader.id
  policy = data.aws_iam_policy_document.decrypt[0].json
}
