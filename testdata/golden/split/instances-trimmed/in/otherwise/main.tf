data "aws_caller_identity" "current" {}

resource "aws_kms_key" "data" {
  description = "data"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  for_each = {
    one = { first = aws_kms_key.data.arn, second = "arn:aws:kms:eu-west-1:111122223333:key/00000001-1111-2222-3333-444444444444" }
    two = { first = "arn:aws:kms:eu-west-1:111122223333:key/00000002-1111-2222-3333-444444444444", second = aws_kms_key.data.arn }
  }
  name = each.key
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = [each.value.first, each.value.second]
      }
    ]
  })
}
