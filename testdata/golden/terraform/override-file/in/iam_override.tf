resource "aws_iam_role_policy" "app" {
  name = "other"
}
