resource "aws_iam_role" "blocks" {
  name               = "blocks"
  assume_role_policy = "{}"

  inline_policy {
    name   = "other"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })
  }
}

resource "aws_iam_role_policy" "held_blocks" {
  name = "held_blocks"
  role = aws_iam_role.blocks.id

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

resource "aws_iam_role" "names" {
  name               = "names"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "held_names" {
  name = "held_names"
  role = aws_iam_role.names.id

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

resource "aws_iam_role_policy" "named" {
  name = "named"
  role = aws_iam_role.names.id

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

resource "aws_iam_role_policies_exclusive" "names" {
  role_name    = aws_iam_role.names.name
  policy_names = [aws_iam_role_policy.named.name]
}
