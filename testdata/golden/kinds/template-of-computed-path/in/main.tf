variable "name" {}
resource "aws_cloudformation_stack" "filled" {
  name          = "filled"
  template_body = templatefile("${path.module}/templates/${var.name}.yaml", { role = "reader" })
}
