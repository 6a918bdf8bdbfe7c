data "aws_iam_policy_document" "app" {
  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.data.arn]
  }
}

resource "aws_organizations_policy" "x" {
  name    = "x"
  content = data.aws_iam_policy_document.app.json
}
