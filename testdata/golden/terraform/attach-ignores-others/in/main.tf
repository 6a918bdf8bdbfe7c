resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_policy" "reads" {
  name = "reads"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_iam_policy_attachment" "reads" {
  name       = "reads"
  policy_arn = aws_iam_policy.reads.arn
  roles      = [aws_iam_role.app.name]

  lifecycle {
    ignore_changes = [roles]
  }
}
