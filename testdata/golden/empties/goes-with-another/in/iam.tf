resource "aws_iam_role_policy" "first" {
  name = "first"
  role = aws_iam_role.app.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "second" {
  name = "${aws_iam_role_policy.first.name}-second"
  role = aws_iam_role.app.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_policy" "third" {
  description = "beside ${aws_iam_role_policy.second.name}"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "third" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.third.arn
}

resource "aws_iam_role_policy" "kept" {
  name = "kept"
  role = aws_iam_role.app.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_policy" "exported" {
  description = "beside ${aws_iam_role_policy.kept.name}"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "exported" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.exported.arn
}

output "name" {
  value = aws_iam_policy.exported.name
}
