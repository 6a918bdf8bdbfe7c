variable "on" { type = bool }
variable "obj" {
  type    = object({ actions = optional(list(string), ["kms:Decrypt"]), arn = optional(string) })
  default = {}
}
resource "aws_kms_key" "k" {}
resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}
moved {
  from = aws_iam_role.old
  to   = aws_iam_role.app
}
removed {
  from = aws_iam_role_policy.gone
  lifecycle { destroy = false }
}
resource "aws_iam_role_policy" "a" {
  role   = aws_iam_role.app.id
  policy = templatestring(local.tpl, { key = aws_kms_key.k.arn })
}
locals {
  tpl = <<-EOT
  {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["kms:Decrypt","s3:x"],"Resource":"$${key}"}]}
  EOT
}
resource "aws_iam_role_policy" "b" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "s3:x"], Resource = provider::aws::arn_build("aws", "kms", "eu-west-1", "111122223333", "key/1") }] })
}
resource "aws_iam_role_policy" "c" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = var.obj.actions, Resource = aws_kms_key.k.arn }] })
}
resource "aws_iam_role_policy" "d" {
  role   = aws_iam_role.app.id
  policy = <<EOT
{
  "Version": "2012-10-17",
  "Statement": [
%{if var.on~}
    {"Effect": "Allow", "Action": ["kms:Decrypt", "s3:x"], "Resource": "${aws_kms_key.k.arn}"},
%{endif~}
    {"Effect": "Allow", "Action": ["kms:Decrypt", "s3:y"], "Resource": "${aws_kms_key.k.arn}"}
  ]
}
EOT
}
resource "aws_iam_role_policy" "e" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "s3:x"], Resource = [sensitive(aws_kms_key.k.arn), nonsensitive(aws_kms_key.k.arn)] }] })
}
ephemeral "aws_kms_secrets" "x" {
  secret {
    name    = "x"
    payload = "x"
  }
}
resource "terraform_data" "role" {
  input = aws_iam_role.app.name
}
resource "aws_iam_role_policy" "f" {
  role   = terraform_data.role.output
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "s3:x"], Resource = aws_kms_key.k.arn }] })
}
resource "aws_iam_role_policy" "g" {
  role   = aws_iam_role.app.id
  policy = replace(file("${path.module}/p.json"), "KEY", aws_kms_key.k.arn)
}
resource "aws_iam_role_policy" "h" {
  role   = aws_iam_role.app.id
  policy = format(local.fmt, aws_kms_key.k.arn)
}
resource "aws_iam_role_policy" "i" {
  role   = aws_iam_role.app.id
  policy = replace(local.fmt, "%s", var.on ? aws_kms_key.k.arn : "")
}
resource "aws_iam_role_policy" "j" {
  role   = aws_iam_role.app.id
  policy = join("", ["{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:Decrypt\",\"Resource\":\"", aws_kms_key.k.arn, "\"}]}"])
}
resource "aws_iam_role_policy" "l" {
  role   = aws_iam_role.app.id
  policy = base64decode(filebase64("p.json"))
}
locals {
  fmt = "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:Decrypt\",\"Resource\":\"%s\"}]}"
}
