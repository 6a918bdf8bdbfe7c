data "aws_caller_identity" "current" {}

locals {
  buckets = {
    incoming = "in"
    clean    = "done"
    archive  = "old"
  }
}

# As a list of statement objects that a module takes, and that is not there yet
module "bucket_key" {
  source   = "terraform-aws-modules/kms/aws"
  version  = "~> 4.2"
  for_each = local.buckets

  description = "bucket ${each.value}"
}

# As a jsonencode
resource "aws_kms_key" "queue" {
  for_each    = toset(["fast", "slow"])
  description = "queue ${each.key}"

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

# As a policy document with count
resource "aws_kms_key" "table" {
  count       = 2
  description = "table ${count.index}"
  policy      = data.aws_iam_policy_document.table[count.index].json
}

data "aws_iam_policy_document" "table" {
  count = 2

  statement {
    sid       = "Root"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}
