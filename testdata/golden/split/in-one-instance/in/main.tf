variable "on" {
  type = bool
}

resource "aws_kms_key" "data" {
  count       = var.on ? 1 : 0
  description = "data"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

module "app" {
  source    = "./app"
  role_name = aws_iam_role.app.name
}

module "batch" {
  source    = "./app"
  count     = var.on ? 1 : 0
  key_arn   = one(aws_kms_key.data[*].arn)
  role_name = aws_iam_role.app.name
}
