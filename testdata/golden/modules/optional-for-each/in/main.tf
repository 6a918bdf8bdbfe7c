variable "enabled" {
  type = bool
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "app" {
  for_each    = toset(var.enabled ? [""] : [])
  description = "app"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Root"
        Effect = "Allow"
        Principal = {
          AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      }
    ]
  })
}

# Always there, while the role is not
resource "aws_kms_key" "all" {
  description = "all"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Root"
        Effect = "Allow"
        Principal = {
          AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      }
    ]
  })
}

resource "aws_iam_role" "app" {
  for_each           = toset(var.enabled ? [""] : [])
  name               = "app"
  assume_role_policy = "{}"
}

data "aws_iam_policy_document" "app" {
  for_each = toset(var.enabled ? [""] : [])

  statement {
    actions   = ["kms:Decrypt", "kms:DescribeKey"]
    resources = [aws_kms_key.app[""].arn]
  }

  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.all.arn]
  }
}

resource "aws_iam_role_policy" "app" {
  for_each = toset(var.enabled ? [""] : [])
  name     = "app"
  role     = aws_iam_role.app[""].id
  policy   = data.aws_iam_policy_document.app[""].json
}
