variable "limit" { type = string }

resource "aws_iam_role" "this" {
  permissions_boundary = var.limit
  assume_role_policy   = "{}"
}
