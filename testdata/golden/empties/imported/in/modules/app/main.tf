variable "key_arn" { type = string }
variable "role" { type = string }

resource "aws_iam_role_policy" "inside" {
  role = var.role
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:ReEncrypt*"
      Resource = var.key_arn
    }]
  })
}
