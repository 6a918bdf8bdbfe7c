variable "keys" {
  type = map(string)
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "even" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = lookup(var.keys, "éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé") }]
  })
}

resource "aws_iam_role_policy" "odd" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = lookup(var.keys, "xéééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé") }]
  })
}
