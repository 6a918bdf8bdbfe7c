variable "delegated" {
  type = map(map(string))
}

variable "granted" {
  type = map(map(string))
}

data "aws_caller_identity" "current" {}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "data" {
  description = "data"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
        Condition = var.delegated
      },
      {
        Effect    = "Allow"
        Principal = { AWS = aws_iam_role.app.arn }
        Action    = "kms:Decrypt"
        Resource  = "*"
        Condition = var.granted
      },
    ]
  })
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.data.arn
      },
    ]
  })
}
