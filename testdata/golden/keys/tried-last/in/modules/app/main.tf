variable "env" {
  type = string
}

variable "on" {
  type = object({ on = bool })
}

data "aws_caller_identity" "current" {
}

resource "aws_iam_role" "app" {
  name = "app-${var.env}"
}

resource "aws_iam_user" "other" {
  name = "other-${var.env}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.data["a"].arn
      }
    ]
  })
}

resource "aws_iam_policy" "other" {
  name = "other-${var.env}"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = ["kms:ReEncryptTo", "kms:Encrypt"]
        Resource = aws_kms_key.data["a"].arn
      }
    ]
  })
}

resource "aws_iam_user_policy_attachment" "other" {
  for_each = toset(var.on.on ? ["on"] : [])
  user = aws_iam_user.other.name
  policy_arn = aws_iam_policy.other.arn
}

resource "aws_kms_key" "data" {
  for_each = { a = {} }
  policy = try(each.value.policy, null)
}
