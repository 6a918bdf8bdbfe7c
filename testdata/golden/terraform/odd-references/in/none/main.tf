resource "aws_kms_key" "none" {
  description = "none"
}

output "arn" {
  value = aws_kms_key.none.arn
}
