variable "key_arn" {
  type = string
}

variable "enabled" {
  type = bool
}

resource "aws_iam_role" "batch" {
  name               = "batch"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "batch" {
  role = aws_iam_role.batch.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "*"
      },
      var.enabled ? {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = var.key_arn
        } : {
        Effect   = "Allow"
        Action   = "kms:Encrypt"
        Resource = var.key_arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "more" {
  count = var.enabled ? 1 : 0
  role  = aws_iam_role.batch.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:ReEncryptTo", "kms:Encrypt"]
      Resource = var.key_arn
    }]
  })
}
