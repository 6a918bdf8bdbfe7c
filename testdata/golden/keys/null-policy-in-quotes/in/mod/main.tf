variable "doc" {
  type    = string
  default = ""
}
resource "aws_kms_key" "k" {
  policy = "${var.doc}"
}
output "arn" { value = aws_kms_key.k.arn }
