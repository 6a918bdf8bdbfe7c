variable "accounts" {
  type = list(string)
}

module "bucket" {
  source   = "../bucket"
  accounts = var.accounts
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
        Action   = ["kms:Decrypt", "kms:DescribeKey"]
        Resource = module.bucket.key_arn
      }
    ]
  })
}
