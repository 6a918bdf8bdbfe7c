resource "aws_kms_key" "given" {
}

module "given" {
  source      = "../.."
  kms_key_arn = aws_kms_key.given.arn
}
