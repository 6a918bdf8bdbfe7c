provider "aws" { region = "eu-west-1" }
module "a" {
  source                     = "./mod"
  kms_decrypt_principal_arns = [aws_iam_role.q.arn]
}
module "b" {
  source = "./mod"
}
resource "aws_iam_role" "q" {
  name = "q"
  assume_role_policy = "{}"
}
resource "aws_iam_role" "r" {
  name = "r"
  assume_role_policy = "{}"
}
resource "aws_iam_role_policy" "p" {
  role = aws_iam_role.r.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = module.b.arn }]
  })
}
