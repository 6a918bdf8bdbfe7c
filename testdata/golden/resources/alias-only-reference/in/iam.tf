data "aws_iam_policy_document" "consumer" {
  statement {
    sid       = "Consume"
    actions   = ["kms:Decrypt", "kms:DescribeKey"]
    resources = [aws_kms_alias.queue.arn]
  }
}

resource "aws_iam_role_policy" "consumer" {
  name   = "consumer"
  role   = aws_iam_role.consumer.id
  policy = data.aws_iam_policy_document.consumer.json
}
