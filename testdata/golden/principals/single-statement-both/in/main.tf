variable "batch" { type = bool }
data "aws_caller_identity" "current" {}
resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2012-10-17",
    Statement = {
      Sid       = "Root"
      Effect    = "Allow"
      Principal = { AWS = data.aws_caller_identity.current.account_id }
      Action    = "kms:*"
      Resource  = "*"
    }
  })
}
resource "aws_iam_role" "web" {
  name               = "web"
  assume_role_policy = "{}"
}
resource "aws_iam_role" "batch" {
  count              = var.batch ? 1 : 0
  name               = "batch"
  assume_role_policy = "{}"
}
resource "aws_iam_role_policy" "web" {
  role = aws_iam_role.web.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn, Condition = { Bool = { "aws:SecureTransport" = "true" } } }]
  })
}
resource "aws_iam_role_policy" "batch" {
  count = var.batch ? 1 : 0
  role  = aws_iam_role.batch[0].name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn, Condition = { Bool = { "aws:SecureTransport" = "false" } } }]
  })
}
