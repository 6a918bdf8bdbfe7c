data "aws_kms_key" "x" {
  key_id = "alias/elsewhere"
}
