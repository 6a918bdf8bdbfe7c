variable "key_policy" {
  type = string
}

resource "aws_kms_key" "data" {
  policy = var.key_policy
}

output "arn" {
  value = aws_kms_key.data.arn
}
