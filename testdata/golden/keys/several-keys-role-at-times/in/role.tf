resource "aws_iam_role" "app" {
  count              = var.enabled ? 1 : 0
  name               = "app"
  assume_role_policy = "{}"
}
