data "aws_caller_identity" "current" {}

resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2008-10-17"
    Statement = [
      {
        Sid       = "Root"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
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

resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.data.arn
        Condition = {
          StringLike = { "kms:EncryptionContext:team" = "$${aws:PrincipalTag/team}*" }
        }
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:ReEncrypt*"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role_policy_attachment" "app" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.app.arn
}
