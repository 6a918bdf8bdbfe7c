data "aws_caller_identity" "current" {}

variable "on" {
  type = bool
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

# The same text for the same key.
resource "aws_kms_key" "same" {
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

resource "aws_kms_key_policy" "same" {
  key_id = aws_kms_key.same.key_id
  policy = aws_kms_key.same.policy
}

resource "aws_iam_role_policy" "same" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:same"]
        Resource = aws_kms_key.same.arn
      },
    ]
  })
}

# The same where there is one.
resource "aws_kms_key" "some" {
  count = var.on ? 1 : 0

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

resource "aws_kms_key_policy" "some" {
  count = var.on ? 1 : 0

  key_id = aws_kms_key.some[0].id
  policy = aws_kms_key.some[0].policy
}

resource "aws_iam_role_policy" "some" {
  count = var.on ? 1 : 0

  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:some"]
        Resource = aws_kms_key.some[0].arn
      },
    ]
  })
}

# For another key.
resource "aws_kms_key" "first" {
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

resource "aws_kms_key" "second" {
  enable_key_rotation = true
}

resource "aws_kms_key_policy" "second" {
  key_id = aws_kms_key.second.id
  policy = aws_kms_key.first.policy
}

resource "aws_iam_role_policy" "first" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:first"]
        Resource = aws_kms_key.first.arn
      },
    ]
  })
}

# What KMS says its policy is.
resource "aws_kms_key" "unset" {
  enable_key_rotation = true
}

resource "aws_kms_key_policy" "unset" {
  key_id = aws_kms_key.unset.id
  policy = aws_kms_key.unset.policy
}

resource "aws_iam_role_policy" "unset" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:unset"]
        Resource = aws_kms_key.unset.arn
      },
    ]
  })
}

# It would stay as it is.
resource "aws_kms_key" "still" {
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

resource "aws_kms_key_policy" "still" {
  key_id = aws_kms_key.still.id
  policy = aws_kms_key.still.policy

  lifecycle {
    ignore_changes = [policy]
  }
}

resource "aws_iam_role_policy" "still" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:still"]
        Resource = aws_kms_key.still.arn
      },
    ]
  })
}

# Two keys, one of them named by its index.
resource "aws_kms_key" "pair" {
  count = 2

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

resource "aws_kms_key_policy" "pair" {
  key_id = aws_kms_key.pair[0].id
  policy = aws_kms_key.pair[1].policy
}

resource "aws_iam_role_policy" "pair" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:pair"]
        Resource = aws_kms_key.pair[1].arn
      },
    ]
  })
}
