variable "key_arn" {
  type = string
}

resource "aws_iam_role" "task" {
  name_prefix        = "admin"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "task" {
  role = aws_iam_role.task.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = var.key_arn
      }
    ]
  })
}
