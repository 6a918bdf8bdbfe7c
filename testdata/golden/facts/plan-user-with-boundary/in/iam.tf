resource "aws_iam_user" "bound" {
  name = "bound"
}

resource "aws_iam_user_policy" "bound" {
  name = "data"
  user = aws_iam_user.bound.name

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

resource "aws_iam_user" "free" {
  name = "free"
}

resource "aws_iam_user_policy" "free" {
  name = "data"
  user = aws_iam_user.free.name

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
