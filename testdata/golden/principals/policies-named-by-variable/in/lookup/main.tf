variable "prefix" {
  type = string
}

resource "aws_kms_key" "data" {}

resource "aws_iam_policy" "app" {
  name = var.prefix
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_iam_role" "a" {
  name               = "a"
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy_attachment" "a" {
  role       = aws_iam_role.a.name
  policy_arn = aws_iam_policy.app.arn
}

data "aws_iam_policy" "app" {
  name       = var.prefix
  depends_on = [aws_iam_policy.app]
}

resource "aws_iam_role" "b" {
  name               = "b"
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy_attachment" "b" {
  role       = aws_iam_role.b.name
  policy_arn = data.aws_iam_policy.app.arn
}
