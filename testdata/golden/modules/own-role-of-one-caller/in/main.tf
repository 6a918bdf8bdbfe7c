variable "region" {
  type = string
}

module "a" {
  source = "./own"
  region = var.region
}

module "b" {
  source = "./own"
  region = "eu-west-2"
}

resource "aws_iam_role_policy" "a" {
  role = module.a.role_name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = module.a.key_arn
        Condition = {
          StringEquals = { "kms:ViaService" = "s3.${var.region}.amazonaws.com" }
        }
      }
    ]
  })
}
