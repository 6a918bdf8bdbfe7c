variable "name" {
  type = string
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

resource "aws_kms_key" "key" {
  description = var.name
  policy      = data.aws_iam_policy_document.key.json
}

resource "aws_s3_bucket" "bucket" {
  bucket = var.name
}

output "key_arn" {
  value = aws_kms_key.key.arn
}

output "bucket_arn" {
  value = aws_s3_bucket.bucket.arn
}
