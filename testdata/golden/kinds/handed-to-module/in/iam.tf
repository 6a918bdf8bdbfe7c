data "aws_iam_policy_document" "app" {
  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.data.arn]
  }
}

module "x" {
  source = "example/x/aws"
  policy = data.aws_iam_policy_document.app.json
}
