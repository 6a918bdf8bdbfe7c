variable "key" {
  type = string
}

variable "role" {
  type = string
}

resource "aws_iam_role_policy" "p" {
  role = var.role
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:p"]
        Resource = var.key
      },
    ]
  })
}

output "text" {
  value = aws_iam_role_policy.p.policy
}

output "name" {
  value = aws_iam_role_policy.p.name
}
