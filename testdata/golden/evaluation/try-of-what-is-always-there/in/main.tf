resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = try(aws_kms_key.data[0].arn, aws_kms_key.other.arn)
      }
    ]
  })
}

resource "aws_kms_key" "data" {
  count = 1
}

resource "aws_kms_key" "other" {
}
