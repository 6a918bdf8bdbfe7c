variable "buckets" {
  type = map(object({ name = string }))
}

data "aws_caller_identity" "current" {}

module "bucket_key" {
  source   = "terraform-aws-modules/kms/aws"
  version  = "~> 4.2"
  for_each = var.buckets

  description = "bucket ${each.value.name}"

  key_statements = [
    {
      sid       = "Logs"
      actions   = ["kms:GenerateDataKey*"]
      resources = ["*"]

      principals = [
        {
          type        = "Service"
          identifiers = ["logs.amazonaws.com"]
        }
      ]
    }
  ]
}

resource "aws_kms_key" "queue" {
  for_each    = var.buckets
  description = "queue ${each.key}"
  policy      = data.aws_iam_policy_document.queue_key[each.key].json
}

data "aws_iam_policy_document" "queue_key" {
  for_each = var.buckets

  statement {
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}
