resource "aws_iam_role" "rb" {
  managed_policy_arns = ["arn:aws:iam::111111111111:policy/p"]
  name                = "rb"
  assume_role_policy  = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}
