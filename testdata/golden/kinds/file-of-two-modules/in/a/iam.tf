resource "aws_iam_role_policy" "app" {
  name   = "app"
  role   = var.role
  policy = file("${path.module}/../app.json")
}

variable "role" {
  type = string
}
