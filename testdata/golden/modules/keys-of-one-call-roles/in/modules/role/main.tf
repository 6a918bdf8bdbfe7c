variable "key" {
  type = string
}

resource "aws_iam_role" "this" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "this" {
  name = "app"
  role = aws_iam_role.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = var.key
      }
    ]
  })
}
