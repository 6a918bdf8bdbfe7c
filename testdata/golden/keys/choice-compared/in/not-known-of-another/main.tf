data "aws_caller_identity" "current" {}

variable "policy" {
  type = string
}

module "given" {
  source = "../modules/unknown"
  policy = var.policy
}

module "empty" {
  source = "../modules/unknown"
  policy = ""
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource = module.empty.arn
    }]
  })
}
