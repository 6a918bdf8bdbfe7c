resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = templatefile("${path.module}/policy.json", {
    own     = aws_kms_key.own.arn
    account = data.aws_caller_identity.current.account_id
  })
}

resource "aws_kms_key" "own" {}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}
