resource "aws_iam_role" "arns" {
  name                = "arns"
  assume_role_policy  = "{}"
  managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]
}

resource "aws_iam_policy" "held_arns" {
  name = "held_arns"

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

resource "aws_iam_role_policy_attachment" "held_arns" {
  role       = aws_iam_role.arns.name
  policy_arn = aws_iam_policy.held_arns.arn
}

resource "aws_iam_role" "ignored" {
  name                = "ignored"
  assume_role_policy  = "{}"
  managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]

  lifecycle {
    ignore_changes = [managed_policy_arns]
  }
}

resource "aws_iam_policy" "ignored" {
  name = "ignored"

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

resource "aws_iam_role_policy_attachment" "ignored" {
  role       = aws_iam_role.ignored.name
  policy_arn = aws_iam_policy.ignored.arn
}

resource "aws_iam_role" "exclusive" {
  name               = "exclusive"
  assume_role_policy = "{}"
}

resource "aws_iam_policy" "held_exclusive" {
  name = "held_exclusive"

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

resource "aws_iam_role_policy_attachment" "held_exclusive" {
  role       = aws_iam_role.exclusive.name
  policy_arn = aws_iam_policy.held_exclusive.arn
}

resource "aws_iam_policy" "listed" {
  name = "listed"

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

resource "aws_iam_role_policy_attachment" "listed" {
  role       = aws_iam_role.exclusive.name
  policy_arn = aws_iam_policy.listed.arn
}

resource "aws_iam_role_policy_attachments_exclusive" "exclusive" {
  role_name   = aws_iam_role.exclusive.name
  policy_arns = [aws_iam_policy.listed.arn]
}

resource "aws_iam_role" "one" {
  name               = "one"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "two" {
  name               = "two"
  assume_role_policy = "{}"
}

resource "aws_iam_policy" "held_twice" {
  name = "held_twice"

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

resource "aws_iam_policy_attachment" "one" {
  name       = "one"
  roles      = [aws_iam_role.one.name]
  policy_arn = aws_iam_policy.held_twice.arn
}

resource "aws_iam_policy_attachment" "two" {
  name       = "two"
  roles      = [aws_iam_role.two.name]
  policy_arn = aws_iam_policy.held_twice.arn
}
