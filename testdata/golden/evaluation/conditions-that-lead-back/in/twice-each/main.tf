variable "x" {}
locals {
  a0 = local.a1 || local.a1
  a1 = local.a2 && local.a2
  a2 = local.a3 || local.a3
  a3 = local.a4 && local.a4
  a4 = local.a5 || local.a5
  a5 = local.a6 && local.a6
  a6 = local.a7 || local.a7
  a7 = local.a8 && local.a8
  a8 = local.a9 || local.a9
  a9 = local.a10 && local.a10
  a10 = local.a11 || local.a11
  a11 = local.a12 && local.a12
  a12 = local.a13 || local.a13
  a13 = local.a14 && local.a14
  a14 = local.a15 || local.a15
  a15 = local.a16 && local.a16
  a16 = local.a17 || local.a17
  a17 = local.a18 && local.a18
  a18 = local.a19 || local.a19
  a19 = local.a20 && local.a20
  a20 = local.a21 || local.a21
  a21 = local.a22 && local.a22
  a22 = local.a23 || local.a23
  a23 = local.a24 && local.a24
  a24 = local.a25 || local.a25
  a25 = local.a26 && local.a26
  a26 = local.a27 || local.a27
  a27 = local.a28 && local.a28
  a28 = local.a29 || local.a29
  a29 = local.a30 && local.a30
  a30 = var.x
}
resource "aws_kms_key" "k" {}
resource "aws_iam_role" "s" {
  name = "s"
  assume_role_policy = "{}"
}
resource "aws_iam_role_policy" "s" {
  count = local.a0 ? 1 : 0
  role = aws_iam_role.s.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
}
