variable "key" {
  type = string
}

resource "aws_iam_policy" "handed" {
  name = "handed"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.key
      }
    ]
  })
}

module "fleet" {
  source   = "git::https://example.com/fleet.git"
  policies = [aws_iam_policy.handed.arn]
}
