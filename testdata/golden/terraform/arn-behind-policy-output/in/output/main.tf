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
          Action   = ["kms:Decrypt", "kms:Encrypt"]
          Resource = aws_kms_key.data.arn
        },
        {
          Effect    = "Allow"
          Action    = ["kms:ReEncryptTo", "kms:Encrypt"]
          Resource  = aws_kms_key.data.arn
          Condition = { StringEquals = { "kms:ResourceAliases" = ["alias/k"] } }
        },
      ]
    })
  }
}

data "aws_caller_identity" "current" {}

module "texts" {
  source  = "./texts"
  account = data.aws_caller_identity.current.account_id
}

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_kms_key_policy" "data" {
  key_id = aws_kms_key.data.key_id
  policy = module.texts.policy
}
