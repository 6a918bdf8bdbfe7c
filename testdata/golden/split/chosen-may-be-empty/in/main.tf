variable "own" {
  type    = string
  default = ""
}

variable "use_own" {
  type = bool
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "data" {}

resource "aws_kms_key" "spare" {}

resource "aws_iam_role_policy" "app" {
  name = "app"
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = compact([aws_kms_key.data.arn, var.own == "" ? aws_kms_key.spare.arn : var.own])
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = compact([aws_kms_key.data.arn, var.use_own ? var.own : aws_kms_key.spare.arn])
      }
    ]
  })
}
