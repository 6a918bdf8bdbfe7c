data "aws_caller_identity" "current" {}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          AWS = [
            aws_iam_role.app.arn,
            "arn:aws-cn:iam::${data.aws_caller_identity.current.account_id}:root",
          ]
        }
        Action   = ["kms:Encrypt", "kms:Decrypt", "kms:Put*"]
        Resource = "*"
      }
    ]
  })
}

resource "aws_iam_role_policy" "here" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "arn:aws-cn:kms:*:${data.aws_caller_identity.current.account_id}:key/${aws_kms_key.data.key_id}"
      }
    ]
  })
}

resource "aws_iam_role_policy" "elsewhere" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "arn:aws:kms:*:${data.aws_caller_identity.current.account_id}:key/${aws_kms_key.data.key_id}"
      }
    ]
  })
}
