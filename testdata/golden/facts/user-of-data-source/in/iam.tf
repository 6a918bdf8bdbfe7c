resource "aws_iam_user_policy" "app" {
  name = "app"
  user = data.aws_iam_user.ci.user_name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

data "aws_iam_user" "ci" {
  user_name = "ci"
}
