resource "aws_kms_key" "k" {

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "kms:*"
        Resource  = "*"
        Principal = { AWS = "arn:aws:iam::111111111111:root" }
      }
    ]
  })
}
resource "aws_iam_role" "r" {

  name               = "r"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}
resource "aws_iam_role" "s" {

  name               = "s"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}
resource "aws_iam_policy" "p" {
  name = "p"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.k.arn
      }
    ]
  })
}
resource "aws_iam_role_policy_attachment" "a" {
  for_each   = { r = aws_iam_role.r, s = aws_iam_role.s }
  role       = each.value.name
  policy_arn = aws_iam_policy.p.arn
}
locals {
  copy = aws_iam_policy.p
}
resource "aws_iam_role_policy" "copy" {
  role   = aws_iam_role.s.name
  policy = local.copy.policy
}
resource "aws_kms_key" "k2" {
  policy = one([aws_kms_key.k]).policy
}
