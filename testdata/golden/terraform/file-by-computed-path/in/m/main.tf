variable "key" {}
variable "role" {}
variable "name" {}

resource "aws_iam_role_policy" "m" {
  role   = var.role
  policy = templatefile("${path.module}/g/in_module.json", { key = var.key })
}

resource "aws_ssm_parameter" "m" {
  name  = "m"
  type  = "String"
  value = file("${path.module}/g/${var.name}.json")
}
