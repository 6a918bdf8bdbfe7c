variable "role_name" {
  default = ""
}

variable "key_arn" {}

resource "aws_iam_policy" "table" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.key_arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "table" {
  count      = var.role_name != "" && var.role_name != null ? 1 : 0
  role       = var.role_name
  policy_arn = aws_iam_policy.table.arn
}
