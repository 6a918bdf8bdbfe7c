resource "aws_kms_key" "data" {
  description = "data"
}

module "app" {
  source = "./modules/app"

  key_arn = aws_kms_key.data.arn
}
