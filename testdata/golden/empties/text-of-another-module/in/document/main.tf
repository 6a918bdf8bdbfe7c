variable "policy" {
  type = string
}

resource "aws_iam_role" "app" {
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.name
  policy = var.policy
}
