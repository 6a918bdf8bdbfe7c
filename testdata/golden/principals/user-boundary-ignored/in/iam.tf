resource "aws_iam_user" "one" {
  name = "one"

  lifecycle {
    ignore_changes = [permissions_boundary]
  }
}

resource "aws_iam_user_policy" "one" {
  name = "data"
  user = aws_iam_user.one.name

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

resource "aws_iam_user" "all" {
  name = "all"

  lifecycle {
    ignore_changes = all
  }
}

resource "aws_iam_user_policy" "all" {
  name = "data"
  user = aws_iam_user.all.name

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

resource "aws_iam_user" "tags" {
  name = "tags"

  lifecycle {
    ignore_changes = [tags]
  }
}

resource "aws_iam_user_policy" "tags" {
  name = "data"
  user = aws_iam_user.tags.name

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
