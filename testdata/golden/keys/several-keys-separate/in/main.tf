variable "policies" {
  type = map(string)
}

resource "aws_kms_key" "data" {
  for_each    = toset(["a", "b"])
  description = each.key
}

resource "aws_kms_key_policy" "data" {
  for_each = var.policies
  key_id   = aws_kms_key.data[each.key].key_id
  policy   = each.value
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  name = "app"
  role = aws_iam_role.app.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = [aws_kms_key.data["a"].arn, aws_kms_key.data["b"].arn]
      }
    ]
  })
}
