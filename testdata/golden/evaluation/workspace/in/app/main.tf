variable "key_arn" {
  type = string
}

resource "aws_iam_role" "app" {
  name               = "app-${terraform.workspace}"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = var.key_arn
        Condition = {
          StringEquals = { "kms:EncryptionContext:stage" = terraform.workspace }
        }
      }
      ], terraform.workspace == "prod" ? [{
        Effect   = "Allow"
        Action   = ["kms:ReEncryptTo", "kms:Encrypt"]
        Resource = var.key_arn
    }] : [])
  })
}
