variable "whole" {
  type = object({ id = string })
}

resource "aws_ssm_parameter" "typed" {
  name  = "typed"
  type  = "String"
  value = jsonencode(var.whole)
}
