variable "env" {
  type = string
}

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_iam_role" "app" {
  name               = "app-${var.env}"
  assume_role_policy = "{}"
}

data "aws_iam_policy_document" "reads" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.data.arn]
  }
}

data "aws_iam_policy_document" "writes" {
  statement {
    actions   = ["kms:Encrypt"]
    resources = [aws_kms_key.data.arn]
  }
}

resource "aws_iam_policy" "app" {
  name   = "app-${var.env}"
  policy = var.env == "prod" ? data.aws_iam_policy_document.writes.json : data.aws_iam_policy_document.reads.json
}

resource "aws_iam_role_policy_attachment" "app" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.app.arn
}
