output "role" {
  value = aws_iam_role.app.arn
}
