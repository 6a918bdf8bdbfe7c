resource "aws_kms_key" "k" {
  description = "m"
}

output "arn" {
  value = aws_kms_key.k.arn
}
