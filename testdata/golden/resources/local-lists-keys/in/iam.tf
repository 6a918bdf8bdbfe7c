locals {
  data_keys = [
    aws_kms_key.lake.arn,
    aws_kms_key.warehouse.arn,
  ]
}

data "aws_iam_policy_document" "reader" {
  statement {
    actions   = ["kms:Decrypt", "kms:DescribeKey"]
    resources = local.data_keys
  }
}

resource "aws_iam_role_policy" "reader" {
  name   = "reader"
  role   = aws_iam_role.reader.id
  policy = data.aws_iam_policy_document.reader.json
}
