resource "aws_kms_key" "data" {}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.id
  policy = templatefile("${path.module}/app.json", { key = aws_kms_key.data.arn })
}
