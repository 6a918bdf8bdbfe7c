resource "aws_iam_role" "first" {
  name               = "first"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "second" {
  name               = "second"
  assume_role_policy = "{}"
}
