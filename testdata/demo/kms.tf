data "aws_caller_identity" "current" {}

resource "aws_kms_key" "data" {
  description  = "KMS key for application data"
  multi_region = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Enable IAM User Permissions"
        Effect = "Allow"
        Principal = {
          AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      }
    ]
  })
}

# No policy here: AWS gives this key its default one.
resource "aws_kms_key" "reports" {
  description         = "KMS key for reports"
  enable_key_rotation = true
}
