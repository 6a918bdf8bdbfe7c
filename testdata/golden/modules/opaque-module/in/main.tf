resource "aws_kms_key" "data" {
  description = "data"
}

module "service" {
  source = "git::https://example.com/service.git"

  policy_json = data.aws_iam_policy_document.app.json
}

data "aws_iam_policy_document" "app" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.data.arn]
  }
}
