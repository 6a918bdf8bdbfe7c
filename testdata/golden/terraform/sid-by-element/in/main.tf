data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.name
  policy = data.aws_iam_policy_document.app.json
}

data "aws_iam_policy_document" "app" {
  dynamic "statement" {
    for_each = { own = [aws_kms_key.data.arn], objects = ["arn:aws:s3:::data/*"] }
    content {
      sid       = title(statement.key)
      actions   = statement.key == "own" ? ["kms:Decrypt", "kms:Encrypt"] : ["s3:GetObject"]
      resources = statement.value
    }
  }
}
