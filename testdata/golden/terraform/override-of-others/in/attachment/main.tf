data "aws_caller_identity" "current" {}
resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
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
resource "aws_iam_role" "other" {
  name               = "other"
  assume_role_policy = "{}"
}
resource "aws_iam_policy" "a" {
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
resource "aws_iam_policy" "b" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [ { Effect   = "Allow", Action   = ["kms:GenerateDataKey"], Resource = aws_kms_key.data.arn } ]
  })
}
resource "aws_iam_role_policy_attachment" "a" {
  role = aws_iam_role.app.name
  policy_arn = aws_iam_policy.a.arn
}
resource "aws_iam_role_policy_attachment" "b" {
  role = aws_iam_role.other.name
  policy_arn = aws_iam_policy.b.arn
}
