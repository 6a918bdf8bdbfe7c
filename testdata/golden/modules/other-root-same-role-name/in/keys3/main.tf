variable "env" {}

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_kms_alias" "data" {
  name          = "alias/three"
  target_key_id = aws_kms_key.data.key_id
}
