variable "single" {
  type = bool
}

data "aws_caller_identity" "current" {}

resource "aws_iam_role" "app" {
  count              = var.single ? 0 : 2
  name               = "app-${count.index}"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "one" {
  count              = var.single ? 0 : 1
  name               = "one"
  assume_role_policy = "{}"
}

resource "aws_iam_policy" "app" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_policy" "one" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:ReEncryptTo", "kms:Encrypt"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "app" {
  count      = var.single ? 0 : 2
  role       = aws_iam_role.app[count.index].name
  policy_arn = aws_iam_policy.app.arn
}

resource "aws_iam_role_policy_attachment" "one" {
  count      = var.single ? 0 : 1
  role       = aws_iam_role.one[0].name
  policy_arn = aws_iam_policy.one.arn
}

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
