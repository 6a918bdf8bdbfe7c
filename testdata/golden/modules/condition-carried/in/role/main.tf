variable "name" {
  type = string
}

variable "distribution" {
  type = string
}

variable "key_arn" {
  type = string
}

variable "quiet" {
  type = bool
}

resource "aws_iam_role" "this" {
  name               = var.name
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "oss" {
  count = var.distribution == "oss" ? 1 : 0
  role  = aws_iam_role.this.id

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

resource "aws_iam_role_policy" "loud" {
  count = var.quiet || var.distribution != "oss" ? 0 : 1
  role  = aws_iam_role.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:ReEncryptTo", "kms:GenerateDataKey"]
        Resource = var.key_arn
      }
    ]
  })
}
