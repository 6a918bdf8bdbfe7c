resource "aws_iam_role" "batch" {
  name               = "batch"
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy_attachment" "batch" {
  role       = aws_iam_role.batch.name
  policy_arn = aws_iam_policy.app.arn
}
