variable "role" {
  type = string
}

variable "key_arn" {
  type = string
}

resource "aws_iam_role_policy" "grants" {
  role = var.role
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = var.key_arn }]
  })
}
