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
  name                = "app"
  assume_role_policy  = "{}"
  managed_policy_arns = [aws_iam_policy.a.arn, aws_iam_policy.b.arn]
}

resource "aws_iam_role" "other" {
  name               = "other"
  assume_role_policy = "{}"
}

resource "aws_iam_policy" "a" {
  name = "a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:a"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

resource "aws_iam_policy" "b" {
  name = "b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:b"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

data "aws_iam_policy" "a" {
  arn = aws_iam_policy.a.arn
}

data "aws_iam_policy" "b" {
  name = "b"
}

resource "aws_iam_role_policy" "a" {
  role   = aws_iam_role.other.name
  policy = data.aws_iam_policy.a.policy
}

resource "aws_iam_role_policy" "b" {
  role   = aws_iam_role.other.name
  policy = data.aws_iam_policy.b.policy
}

resource "aws_iam_role" "with_inline" {
  name               = "with-inline"
  assume_role_policy = "{}"

  inline_policy {
    name = "x"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [
        {
          Effect   = "Allow"
          Action   = ["kms:Decrypt", "s3:c"]
          Resource = aws_kms_key.k.arn
        },
      ]
    })
  }
}

resource "aws_iam_role_policy" "c" {
  role   = aws_iam_role.other.name
  policy = tolist(aws_iam_role.with_inline.inline_policy)[0].policy
}
