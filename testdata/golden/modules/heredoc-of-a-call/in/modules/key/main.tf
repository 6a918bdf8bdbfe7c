resource "aws_kms_key" "this" {
  policy = var.policy
}

variable "policy" {
  type    = string
  default = null
}

output "arn" {
  value = aws_kms_key.this.arn
}
