resource "aws_iam_role_policy" "writer" {
  name = "writer"
  role = aws_iam_role.writer.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "WriteOnly"
        Effect = "Allow"
        Action = [
          "kms:*encrypt",
          "kms:Encrypt*",
          "kms:Generate*",
          "kms:Describe*",
          "kms:*Key*",
          "kms:ReEncrypt?"
        ]
        Resource = aws_kms_key.queue.arn
      }
    ]
  })
}
