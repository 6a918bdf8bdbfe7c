provider "aws" { region = "eu-west-1" }
data "aws_caller_identity" "current" {}
resource "aws_iam_role" "r" {
  name = "r"
  assume_role_policy = "{}"
}
module "a" {
  source = "./mod"
}
module "b" {
  source = "./mod"
  doc = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/admin" } }]
  })
}
resource "aws_iam_role_policy" "p" {
  role = aws_iam_role.r.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Encrypt", "kms:Decrypt"], Resource = module.a.arn }]
  })
}
