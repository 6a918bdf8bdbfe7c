resource "aws_kms_key" "this" {
  description = var.description
  policy      = var.policy
}

variable "description" {
  type = string
}

variable "policy" {
  type    = string
  default = null
}

output "arn" {
  value = aws_kms_key.this.arn
}
