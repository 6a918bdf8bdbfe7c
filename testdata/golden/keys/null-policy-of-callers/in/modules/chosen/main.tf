variable "policy" {
  default = ""
}

resource "aws_kms_key" "this" {
  policy = var.policy != "" ? var.policy : null
}

output "arn" {
  value = aws_kms_key.this.arn
}
