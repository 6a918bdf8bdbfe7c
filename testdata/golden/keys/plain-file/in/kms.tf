resource "aws_kms_key" "data" {
  policy = file("${path.module}/key.json")
}
