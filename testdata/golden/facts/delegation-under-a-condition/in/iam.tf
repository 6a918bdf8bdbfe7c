resource "aws_iam_role" "same" {
  name               = "same"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "same" {
  name = "same"
  role = aws_iam_role.same.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.same.arn
      }
    ]
  })
}

resource "aws_iam_role" "other" {
  name               = "other"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "other" {
  name = "other"
  role = aws_iam_role.other.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.other.arn
      }
    ]
  })
}

resource "aws_iam_role" "computed" {
  name               = "computed"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "computed" {
  name = "computed"
  role = aws_iam_role.computed.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.computed.arn
      }
    ]
  })
}
