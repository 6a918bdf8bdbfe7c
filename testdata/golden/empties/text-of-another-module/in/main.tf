module "document" {
  source = "./document"

  policy = data.aws_iam_policy_document.app.json
}

module "objects" {
  source = "./objects"

  statements = [
    {
      actions   = ["kms:ReEncryptTo"]
      resources = [aws_kms_key.data.arn]
    }
  ]
}

data "aws_iam_policy_document" "app" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.data.arn]
  }
}

resource "aws_kms_key" "data" {
  description = "data"
}
