data "aws_caller_identity" "current" {}

resource "aws_kms_key" "k" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

data "aws_iam_policy_document" "e" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.k.arn]
  }
}

resource "aws_iam_role_policy" "p" {
  name   = "app-${md5(data.aws_iam_policy_document.f.json)}"
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.e.json
}

data "aws_iam_policy_document" "f" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}
