variable "policy" {
  type    = string
  default = null
}

resource "aws_kms_key" "this" {
  policy = var.policy != null ? var.policy : null
}

output "arn" {
  value = aws_kms_key.this.arn
}
