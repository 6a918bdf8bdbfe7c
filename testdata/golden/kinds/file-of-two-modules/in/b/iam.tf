resource "aws_iam_role_policy" "app" {
  name   = "app"
  role   = "app"
  policy = file("${path.module}/../app.json")
}
