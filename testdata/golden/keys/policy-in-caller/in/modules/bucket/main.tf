resource "aws_kms_key" "bucket" {
  description = var.name
}

output "key_id" {
  value = aws_kms_key.bucket.id
}

output "key_arn" {
  value = aws_kms_key.bucket.arn
}

variable "name" {
  type = string
}
