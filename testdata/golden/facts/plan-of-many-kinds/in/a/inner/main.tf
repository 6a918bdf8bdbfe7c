variable "role" {}

data "aws_kms_alias" "known" {
  name = "alias/known"
}

data "aws_kms_alias" "unknown" {
  name = "alias/unknown"
}

resource "aws_iam_role_policy" "inner" {
  role = var.role
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:ReEncryptFrom"
        Resource = data.aws_kms_alias.known.target_key_arn
      },
      {
        Effect   = "Allow"
        Action   = "kms:ReEncryptFrom"
        Resource = data.aws_kms_alias.unknown.target_key_arn
      }
    ]
  })
}
