provider "aws" { region = "eu-west-1" }
data "aws_caller_identity" "current" {}
resource "aws_iam_role" "r" {
  name = "r"
  assume_role_policy = "{}"
}
variable "on" { type = bool }
locals { none = null }
resource "aws_kms_key" "k" {
  for_each = {
    a = { policy = null }
  }
  enable_key_rotation = local.none == null
  is_enabled          = each.value.policy == null
  policy              = var.on ? jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" } }]
  }) : each.value.policy
}
resource "aws_iam_role_policy" "p" {
  role = aws_iam_role.r.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Encrypt", "kms:Decrypt"], Resource = aws_kms_key.k["a"].arn }]
  })
}
