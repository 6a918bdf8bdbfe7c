data "aws_caller_identity" "current" {}

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_kms_key" "logs" {
  description = "logs"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_s3_bucket" "b" {
  bucket = "b"
}

resource "aws_iam_role_policy" "app" {
  name       = "app"
  role       = aws_iam_role.app.id
  depends_on = [aws_s3_bucket.b]

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = [aws_kms_key.data.arn, aws_kms_key.logs.arn]
      }
    ]
  })
}
