module "access" {
  role = aws_iam_role.other.name
}
