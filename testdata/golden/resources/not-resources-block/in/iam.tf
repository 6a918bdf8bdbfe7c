data "aws_iam_policy_document" "scanner" {
  statement {
    actions       = ["kms:Decrypt", "kms:DescribeKey"]
    not_resources = [aws_kms_key.vault.arn]
  }
}

resource "aws_iam_role_policy" "scanner" {
  name   = "scanner"
  role   = aws_iam_role.scanner.id
  policy = data.aws_iam_policy_document.scanner.json
}
