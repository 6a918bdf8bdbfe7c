variable "decrypt" {
  type = bool
}

variable "attach" {
  type = bool
}

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_policy" "decrypt" {
  count = var.decrypt ? 1 : 0
  name  = "decrypt"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "decrypt" {
  count      = var.attach ? 1 : 0
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.decrypt[0].arn
}

resource "aws_s3_bucket" "logs" {
  count = var.attach ? 1 : 0
}

resource "aws_iam_role_policy" "logs" {
  count = length(aws_s3_bucket.logs) > 0 ? 1 : 0
  role  = aws_iam_role.app.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:ReEncryptFrom", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}
