module "keys" {
  source = "./m"
}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "key" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

resource "aws_kms_key_policy" "registry" {
  key_id = module.keys.registry.key_id
  policy = data.aws_iam_policy_document.key.json
}

resource "aws_kms_key_policy" "posse" {
  key_id = module.keys.posse.key_id
  policy = data.aws_iam_policy_document.key.json
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = module.keys.registry.key_arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:ReEncryptFrom", "kms:Encrypt"]
        Resource = module.keys.posse.key_arn
      }
    ]
  })
}
