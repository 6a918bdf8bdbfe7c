resource "aws_iam_role_policy" "operator" {
  name = "operator"
  role = aws_iam_role.operator.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        NotAction = ["kms:Decrypt"]
        Resource  = aws_kms_key.reports.arn
      }
    ]
  })
}
