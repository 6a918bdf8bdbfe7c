resource "aws_kms_key" "k" {}
resource "aws_iam_role" "s" {
  name = "s"
  assume_role_policy = "{}"
}
resource "aws_iam_role_policy" "s" {
  count = module.m.x ? 1 : 0
  role = aws_iam_role.s.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
}
module "m" {
  source = "./child"
  v      = module.m.x
}
