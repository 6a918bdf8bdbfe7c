run "name" {
  command = plan
  assert {
    condition     = aws_iam_role_policy.p.name == "kms"
    error_message = "another name"
  }
}
