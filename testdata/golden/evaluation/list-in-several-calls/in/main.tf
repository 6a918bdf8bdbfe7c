variable "on" {
  type = bool
}

variable "stage" {
  type = string
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = distinct(flatten([
      [
        {
          Sid       = "Root"
          Effect    = "Allow"
          Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
          Action    = "kms:*"
          Resource  = "*"
        },
      ],
    ]))
  })
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "on" {
  count = var.on ? 1 : 0
  role  = aws_iam_role.app.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_iam_role_policy" "prod" {
  count = var.stage == "prod" ? 1 : 0
  role  = aws_iam_role.app.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:ReEncryptTo", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_iam_role_policy" "held" {
  count = var.stage == "prod" ? 2 : 0
  role  = aws_iam_role.app.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:ReEncryptFrom", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_kms_key" "spread" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = flatten([
      [
        {
          Sid       = "Root"
          Effect    = "Allow"
          Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
          Action    = "kms:*"
          Resource  = "*"
        },
      ],
    ]...)
  })
}

resource "aws_iam_role_policy" "spread" {
  role = aws_iam_role.app.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.spread.arn }]
  })
}
