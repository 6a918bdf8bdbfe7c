variable "name" {
  type = string
}

locals {
  prefix = "a-${var.name}"
}

data "aws_kms_alias" "data" {
  name = "alias/only-app-${lower(local.prefix)}"
}

resource "aws_iam_role" "app" {
  name               = "role-only-app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  name = "app"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = data.aws_kms_alias.data.target_key_arn
      }
    ]
  })
}
