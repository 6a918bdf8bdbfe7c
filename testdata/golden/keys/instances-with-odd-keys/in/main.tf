data "aws_caller_identity" "current" {}

resource "aws_kms_key" "k" {
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
resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}


resource "aws_kms_key" "each" {
  for_each = toset(["a\nb", "{c}", "", "d\"e", "f"])
  policy   = aws_kms_key.k.policy
}

resource "aws_kms_key" "each_own" {
  for_each = toset(["a\nb", "{c}", "", "d\"e", "f"])
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

resource "aws_iam_role_policy" "p" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:a"]
        Resource = aws_kms_key.each_own["a\nb"].arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:b"]
        Resource = aws_kms_key.each_own["{c}"].arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:c"]
        Resource = aws_kms_key.each_own[""].arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:d"]
        Resource = aws_kms_key.each_own["d\"e"].arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:e"]
        Resource = aws_kms_key.each_own["f"].arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:f"]
        Resource = aws_kms_key.each_own["not there"].arn
      },
    ]
  })
}
