variable "policy" {
  default = null
}

resource "aws_kms_key" "this" {
  policy = try(var.policy, null)
}

output "arn" {
  value = aws_kms_key.this.arn
}
