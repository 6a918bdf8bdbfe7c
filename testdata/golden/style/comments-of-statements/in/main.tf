resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      # writes logs
      {
        Effect   = "Allow"
        Action   = "logs:PutLogEvents"
        Resource = "*"
      },
      # -----------------------------
      # reads what the bucket holds
      # -----------------------------
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.data.arn
      },
      # asks for work
      {
        Effect   = "Allow"
        Action   = "sqs:ReceiveMessage"
        Resource = "*"
      },
      # what follows is for the nightly run

      // moves old data
      {
        Effect   = "Allow"
        Action   = "kms:ReEncryptFrom"
        Resource = aws_kms_key.data.arn
      },
      # {
      #   Effect   = "Allow"
      #   Action   = "kms:Encrypt"
      #   Resource = "*"
      # },
      {
        Effect   = "Allow"
        Action   = "kms:ReEncryptTo"
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}
