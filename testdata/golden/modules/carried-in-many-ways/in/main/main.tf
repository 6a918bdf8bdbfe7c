resource "aws_iam_role" "main" {
  name               = "main-app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.main.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.key.arn
    }]
  })
}

module "key" {
  source = "./key"
}
