module "child" {
  source = "./child"

  key_arn = aws_kms_key.data.arn
  on      = var.on
  env     = var.env
  own     = var.more
  list    = var.list
}
