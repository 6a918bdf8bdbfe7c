resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "two" {
  name               = "two"
  assume_role_policy = "{}"
}
