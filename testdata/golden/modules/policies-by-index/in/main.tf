resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

module "app" {
  source = "./modules/app"

  policies = [aws_iam_policy.app.arn]
}
