variable "policy" {
  type    = string
  default = null
}

resource "aws_kms_key" "this" {}

resource "aws_kms_key_policy" "this" {
  count = var.policy == null ? 0 : 1

  key_id = aws_kms_key.this.id
  policy = var.policy
}

output "arn" {
  value = aws_kms_key.this.arn
}
