data "template_file" "policy" {
  template = file("policy.json")

  vars = {
    key = data.template_file.policy.rendered
  }
}

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.id
  policy = data.template_file.policy.rendered
}
