variable "policy" {}
variable "list" {}

resource "aws_kms_key" "key" {
  policy = var.policy
}

resource "aws_iam_role" "app" {
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "p" {
  for_each = length(var.list) > 0 ? { a = aws_iam_role.app.name } : {}
  name     = "policy0-${each.key}"
  role     = each.value
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Resource = [aws_kms_key.key.arn]
        Action   = ["kms:Decrypt", "kms:Encrypt"]
      },
    ]
  })
}
