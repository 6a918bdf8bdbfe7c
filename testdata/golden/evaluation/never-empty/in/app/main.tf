variable "key_arn" {
  type    = string
  default = ""
}

variable "other_key_arn" {
  type    = string
  default = ""
}

variable "prefix" {
  type    = string
  default = ""
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "chosen" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = var.key_arn != "" ? var.key_arn : "*"
      },
      {
        Effect   = "Allow"
        Action   = ["kms:ReEncryptFrom", "kms:Encrypt"]
        Resource = length(var.key_arn) > 0 ? [var.key_arn] : ["*"]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:ReEncryptTo", "kms:Encrypt"]
        Resource = "" == var.prefix ? "*" : var.key_arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "counted" {
  count = var.key_arn != null && var.key_arn != "" ? 1 : 0
  role  = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:Encrypt"]
        Resource  = var.key_arn
        Condition = { StringEquals = { "kms:ViaService" = "s3.eu-west-1.amazonaws.com" } }
      }
    ]
  })
}

resource "aws_iam_role_policy" "open" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = var.other_key_arn != "" ? var.other_key_arn : var.key_arn
      }
    ]
  })
}
