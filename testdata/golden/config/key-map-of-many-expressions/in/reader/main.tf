variable "app" {
  type = any
}

resource "aws_iam_role" "reader" {
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "reader" {
  role = aws_iam_role.reader.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = coalesce(var.app.key, "none")
    }]
  })
}
