data "aws_iam_policy_document" "reader" {
  statement {
    actions   = ["kms:Decrypt", "kms:DescribeKey"]
    resources = [for key in aws_kms_key.shard : key.arn]
  }
}

resource "aws_iam_role_policy" "reader" {
  name   = "reader"
  role   = aws_iam_role.reader.id
  policy = data.aws_iam_policy_document.reader.json
}
