resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

data "aws_iam_policy_document" "reads" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.data.arn]
  }
}

resource "aws_iam_role_policy" "reads" {
  name   = "reads"
  role   = aws_iam_role.app.name
  policy = data.aws_iam_policy_document.reads.json
}

resource "aws_iam_role_policy" "copies" {
  name = "copies"
  role = aws_iam_role.app.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:ReEncryptFrom", "kms:ReEncryptTo"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })

  depends_on = [data.aws_iam_policy_document.reads]
}
