variable "name" {}
variable "key_arn" {}

data "aws_ssm_parameter" "on" {
  name = "/on/${var.name}"
}

resource "aws_iam_role" "app" {
  name               = var.name
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  count = data.aws_ssm_parameter.on.value == "1" ? 1 : 0

  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = var.key_arn
      }
    ]
  })
}
