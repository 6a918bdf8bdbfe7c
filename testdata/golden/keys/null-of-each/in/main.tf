resource "aws_kms_key" "each" {
  for_each   = { a = null, b = null }
  policy     = each.value
  is_enabled = each.value == null
}

resource "aws_iam_role" "app" {
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.each["a"].arn
    }]
  })
}
