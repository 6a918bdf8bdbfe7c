data "aws_caller_identity" "current" {}

resource "aws_kms_key" "global" {
  description         = "Encrypts the global data"
  enable_key_rotation = true

  multi_region = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Enable IAM User Permissions"
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

data "aws_iam_policy_document" "replica" {
  statement {
    sid       = "EnableRoot"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

resource "aws_kms_replica_key" "ireland" {
  provider = aws.ireland

  description     = "Replica of the global key"
  primary_key_arn = aws_kms_key.global.arn
  policy          = data.aws_iam_policy_document.replica.json
}
