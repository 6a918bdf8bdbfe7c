variable "partner" {
  type = string
}

variable "shared" {
  type = bool
}

locals {
  partner = [{
    sid        = "Partner"
    actions    = ["kms:Encrypt"]
    resources  = ["*"]
    principals = [{ type = "AWS", identifiers = [var.partner] }]
  }]
}

module "m" {
  source     = "./m"
  statements = var.shared ? local.partner : []
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = module.m.key_arn
      }
    ]
  })
}
