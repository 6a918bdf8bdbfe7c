variable "whole" {}
variable "role" {}

resource "aws_iam_role_policy" "m" {
  role   = var.role
  policy = var.whole.policy
}
