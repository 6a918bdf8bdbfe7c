variable "actions" {}
variable "level" {}
variable "key" {}
resource "aws_iam_role" "m" {
  assume_role_policy = "{}"
}
resource "aws_iam_role_policy" "m" {
  role   = aws_iam_role.m.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = var.actions, Resource = var.key }] })
}
output "acts" { value = { x = ["kms:ReEncryptTo"] }[var.level] }
