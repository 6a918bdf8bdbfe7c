variable "customer_key" {
  type = bool
}

data "aws_iam_policy_document" "reader" {
  statement {
    actions   = ["kms:Decrypt", "kms:DescribeKey"]
    resources = var.customer_key ? [aws_kms_key.lake.arn] : ["*"]
  }
}

resource "aws_iam_role_policy" "reader" {
  name   = "reader"
  role   = aws_iam_role.reader.id
  policy = data.aws_iam_policy_document.reader.json
}
