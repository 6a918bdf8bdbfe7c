variable "policy" {}

resource "aws_kms_key" "data" {
  policy = var.policy
}
