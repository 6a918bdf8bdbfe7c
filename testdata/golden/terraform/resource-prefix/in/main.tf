resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "app" {
  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [resource.aws_kms_key.data.arn]
  }
}

resource "aws_iam_role_policy" "app" {
  name   = "app"
  role   = resource.aws_iam_role.app.name
  policy = data.aws_iam_policy_document.app.json
}
