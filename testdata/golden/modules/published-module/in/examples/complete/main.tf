resource "aws_kms_key" "data" {
  description = "data"
}

module "app" {
  source = "../.."

  key_arn = aws_kms_key.data.arn
}
