resource "aws_kms_key" "asserted" {
  description = "asserted"
}

resource "aws_kms_key" "other" {
  description = "other"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_policy" "asserted" {
  name = "asserted"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:ReEncryptFrom"]
        Resource = aws_kms_key.asserted.arn
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.other.arn
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "*"
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "asserted" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.asserted.arn
}

resource "aws_iam_policy" "unattached" {
  name = "unattached"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.asserted.arn
      }
    ]
  })
}

output "unattached" {
  value = aws_iam_policy.unattached.arn
}

resource "aws_iam_policy" "handed" {
  name = "handed"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.asserted.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "handed" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.handed.arn
}

resource "other_thing" "handed" {
  policy = aws_iam_policy.handed.arn
}
