provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

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

resource "aws_iam_policy" "looked-up" {
  name = "looked-up"

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_iam_role_policy_attachment" "looked-up" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.looked-up.arn
}

resource "aws_iam_policy" "chosen" {
  name = "chosen"

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_iam_role_policy_attachment" "chosen" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.chosen.arn
}

resource "aws_iam_policy" "handed-on" {
  name = "handed-on"

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_iam_role_policy_attachment" "handed-on" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.handed-on.arn
}

resource "aws_iam_policy" "given" {
  name = "given"

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_iam_role_policy_attachment" "given" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.given.arn
}

resource "aws_iam_policy" "free" {
  name = "free"

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_iam_role_policy_attachment" "free" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.free.arn
}
