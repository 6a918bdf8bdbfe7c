locals { a = "b" } # kmsfix:ignore of nothing

# kmsfix: ignore has a blank too many
# kmsfix:
resource "aws_iam_role_policy" "none" {
  name   = "none"
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.data.arn }] })
}

resource "aws_iam_role_policy" "line" { policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.data.arn }] }) } # kmsfix:ignore owned by another team

resource "aws_iam_role_policy" "not_action" {
  role = aws_iam_role.app.id
  policy = jsonencode({ # kmsfix:ignore owned by another team
    Version = "2012-10-17", Statement = [{ Effect = "Allow", NotAction = "s3:*", Resource = aws_kms_key.data.arn }] })
}

# kmsfix:ignore at the end