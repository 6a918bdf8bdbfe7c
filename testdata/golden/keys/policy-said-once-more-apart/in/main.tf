data "aws_caller_identity" "current" {}

resource "aws_kms_key" "app" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}

resource "aws_kms_key_policy" "app" {
  key_id = aws_kms_key.app.id
  policy = aws_kms_key.app.policy
}

# It depends on the key.
resource "aws_iam_role" "app" {
  name               = "app"
  description        = "uses ${aws_kms_key.app.arn}"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.app.arn
      },
    ]
  })
}
