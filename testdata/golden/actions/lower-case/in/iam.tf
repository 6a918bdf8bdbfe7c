data "aws_iam_policy_document" "forwarder" {
  statement {
    sid       = "ReadSecrets"
    actions   = ["kms:decrypt", "KMS:DescribeKey", "Kms:REENCRYPT*"]
    resources = [aws_kms_key.secrets.arn]
  }
}

resource "aws_iam_role_policy" "forwarder" {
  name   = "forwarder"
  role   = aws_iam_role.forwarder.id
  policy = data.aws_iam_policy_document.forwarder.json
}
