resource "aws_iam_role" "app" {
  name                 = "app"
  permissions_boundary = aws_iam_policy.app.arn
  assume_role_policy   = "{}"
}
