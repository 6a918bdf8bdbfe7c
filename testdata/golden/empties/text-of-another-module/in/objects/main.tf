variable "statements" {
  type = list(object({ actions = list(string), resources = list(string) }))
}

resource "aws_iam_role" "app" {
  assume_role_policy = "{}"
}

data "aws_iam_policy_document" "app" {
  dynamic "statement" {
    for_each = var.statements

    content {
      actions   = statement.value.actions
      resources = statement.value.resources
    }
  }
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.name
  policy = data.aws_iam_policy_document.app.json
}
