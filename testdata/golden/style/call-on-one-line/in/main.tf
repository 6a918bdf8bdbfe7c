variable "reads" {
  type = bool
}

module "store" { source = "./store" }

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = file("trust.json")
}

resource "aws_iam_role_policy" "app" {
  count = var.reads ? 1 : 0
  role  = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = module.store.arn },
    ]
  })
}
