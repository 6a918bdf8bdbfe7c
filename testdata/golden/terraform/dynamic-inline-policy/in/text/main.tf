resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"

  dynamic "inline_policy" {
    for_each = { data = aws_kms_key.data.arn }

    content {
      name = inline_policy.key
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [
          {
            Effect   = "Allow"
            Action   = ["kms:Decrypt"]
            Resource = inline_policy.value
          },
        ]
      })
    }
  }
}
