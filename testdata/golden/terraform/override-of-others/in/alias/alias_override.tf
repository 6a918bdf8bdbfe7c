resource "aws_kms_alias" "data" {
  target_key_id = aws_kms_key.logs.key_id
}
