resource "aws_iam_role_policy" "consumer" {
  name = "consumer"
  role = aws_iam_role.consumer.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:CreateAlias"]
        Resource = "arn:aws:kms:eu-west-1:111122223333:alias/app-*"
      }
    ]
  })
}
