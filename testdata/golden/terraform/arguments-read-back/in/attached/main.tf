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
  managed_policy_arns = [aws_iam_policy.p.arn]
  name                = "r"
  assume_role_policy  = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}
resource "aws_iam_role" "s" {
  managed_policy_arns = aws_iam_role.r.managed_policy_arns
  name                = "s"
  assume_role_policy  = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}
resource "aws_iam_role" "t" {

  name               = "t"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}
resource "aws_iam_role" "u" {

  name               = "u"
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
resource "aws_iam_policy" "q" {
  name = "q"

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
resource "aws_iam_role_policy_attachment" "t" {
  role       = aws_iam_role.t.name
  policy_arn = aws_iam_policy.q.arn
}
resource "aws_iam_role_policy_attachment" "u" {
  role       = aws_iam_role.u.name
  policy_arn = aws_iam_role_policy_attachment.t.policy_arn
}
