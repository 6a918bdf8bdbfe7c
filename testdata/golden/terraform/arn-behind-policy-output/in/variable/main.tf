resource "aws_kms_key" "other" {
  description = "other"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"

  inline_policy {
    name = "own"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [
        {
          Effect   = "Allow"
          Action   = "kms:Decrypt"
          Resource = module.data.arn
        },
        {
          Effect    = "Allow"
          Action    = ["kms:ReEncryptTo", "kms:Encrypt"]
          Resource  = aws_kms_key.other.arn
          Condition = { StringEquals = { "kms:ResourceAliases" = ["alias/k"] } }
        },
      ]
    })
  }
}

data "aws_caller_identity" "current" {}

module "data" {
  source = "./key"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}
