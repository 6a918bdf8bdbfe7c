module "kms" {
  source  = "terraform-aws-modules/kms/aws"
  version = "~> 4.2"

  description = "backups"
}

module "bucket" {
  source  = "terraform-aws-modules/s3-bucket/aws"
  version = "~> 5.0"

  bucket = "more-${module.kms.key_id}"
}

data "aws_iam_policy_document" "kms" {
  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = [module.kms.key_arn]
  }
}

module "kms_policy" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-policy"
  version = "~> 6.2"

  name_prefix = "backups-kms"
  policy      = data.aws_iam_policy_document.kms.json
}

module "role" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-role-for-service-accounts"
  version = "~> 6.2"

  name = "backups"

  attach_velero_policy  = true
  velero_s3_bucket_arns = [module.bucket.s3_bucket_arn]

  policies = {
    kms = module.kms_policy.arn
  }
}
