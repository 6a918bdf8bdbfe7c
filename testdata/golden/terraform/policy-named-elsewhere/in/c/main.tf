resource "aws_iam_role" "rc" {
  name               = "rc"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}
resource "aws_iam_role_policy_attachments_exclusive" "e" {
  role_name   = aws_iam_role.rc.name
  policy_arns = ["arn:aws:iam::111111111111:policy/q"]
}
locals {
  arns = ["arn:aws:iam::111111111111:policy/s"]
}
resource "aws_iam_role_policy_attachment" "e" {
  count      = length(local.arns)
  role       = aws_iam_role.rc.name
  policy_arn = local.arns[count.index]
}
