data "aws_caller_identity" "current" {}

resource "aws_kms_key" "data" {
  description = "data"
  policy      = data.aws_iam_policy_document.data.json
}

data "aws_iam_policy_document" "data" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

resource "aws_s3_bucket" "artifacts" {
  bucket = "artifacts"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id

  rule {
    apply_server_side_encryption_by_default {
      kms_master_key_id = aws_kms_key.data.arn
      sse_algorithm     = "aws:kms"
    }
  }
}

module "app" {
  source = "./app"

  key_arn = aws_kms_key.data.arn
  config = {
    name  = "app"
    topic = module.alerts.topic_arn
  }

  depends_on = [aws_s3_bucket_server_side_encryption_configuration.artifacts]
}

module "alerts" {
  source  = "terraform-aws-modules/sns/aws"
  version = "~> 7.0"

  name = "alerts"

  topic_policy_statements = {
    publish = {
      actions = ["sns:Publish"]
      principals = [{
        type        = "AWS"
        identifiers = [module.app.role_arn]
      }]
    }
  }
}
