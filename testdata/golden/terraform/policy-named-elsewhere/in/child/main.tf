module "m" {
  source = "./m"
}
resource "aws_iam_role" "s" {
  name               = "s"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}
resource "aws_iam_role_policy_attachment" "s" {
  role       = aws_iam_role.s.name
  policy_arn = "arn:aws:iam::111111111111:policy/in-child"
}
