variable "env" {
  type = string
}

locals {
  is_prod = var.env == "prod"
  the_key = local.is_prod
  our_key = local.the_key
  own_key = local.our_key
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  count = var.env == "prod" ? 1 : 0
  role  = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.data[0].arn
      }
    ]
  })
}

resource "aws_kms_key" "data" {
  count = local.own_key ? 1 : 0
}
