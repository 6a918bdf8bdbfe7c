resource "aws_kms_key" "data" {
  description = "data"
}

module "app" {
  source = "./app"
  key    = aws_kms_key.data.arn
}
