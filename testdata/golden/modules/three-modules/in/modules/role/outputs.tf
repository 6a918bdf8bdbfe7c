output "name" {
  value = aws_iam_role.app.name
}
