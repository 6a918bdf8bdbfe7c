variable "settings" {}

resource "aws_ssm_parameter" "m" {
  name  = "m"
  type  = "String"
  value = var.settings.region
}
