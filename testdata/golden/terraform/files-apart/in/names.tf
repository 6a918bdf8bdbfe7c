locals {
  keys   = [local.key]
  key    = aws_kms_key.data.arn
  bucket = "copies"
}
