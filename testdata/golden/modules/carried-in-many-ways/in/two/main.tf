locals {
  x = toset(["a", "b"])
}

resource "aws_iam_role" "app" {
  name               = "two-app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.key["a"].arn
    }]
  })
}

module "key" {
  source   = "./key"
  for_each = local.x
}
