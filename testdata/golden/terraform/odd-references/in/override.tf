resource "aws_kms_key" "overridden" {
  description = "overridden"
}
