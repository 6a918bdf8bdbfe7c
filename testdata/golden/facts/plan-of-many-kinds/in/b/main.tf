resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}
