resource "aws_iam_role" "first" {
  name               = "first"
  assume_role_policy = "{}"
}
