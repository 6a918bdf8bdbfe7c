variable "enabled" {
  type = bool
}

resource "aws_kms_key" "a" {
  description = "a"
}

resource "aws_kms_key" "b" {
  count       = var.enabled ? 1 : 0
  description = "b"
}

module "certain" {
  source = "./role"

  name    = "certain"
  key_arn = aws_kms_key.a.arn
}

module "at-times" {
  source = "./role-at-times"

  name    = "at-times"
  key_arn = try(aws_kms_key.b[0].arn, null)
}
