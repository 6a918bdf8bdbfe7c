variable "region" {
  type = string
}

module "admin" {
  source = "./bucket"

  name = "admin"
}

module "other" {
  source = "./bucket"

  name = "other"
}

resource "aws_iam_role" "batch" {
  name               = "batch"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "batch" {
  role   = aws_iam_role.batch.name
  policy = data.aws_iam_policy_document.batch.json
}

data "aws_iam_policy_document" "batch" {
  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [module.admin.key_arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.${var.region}.amazonaws.com"]
    }

    condition {
      test     = "StringLike"
      variable = "kms:EncryptionContext:aws:s3:arn"
      values   = ["${module.admin.bucket_arn}/*"]
    }
  }
}

resource "aws_iam_role" "glue" {
  name               = "glue"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "glue" {
  role = aws_iam_role.glue.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource = [module.admin.key_arn, module.other.key_arn]
    }]
  })
}

module "own_a" {
  source = "./own"
  region = var.region
}

module "own_b" {
  source = "./own"
  region = "eu-west-2"
}

resource "aws_iam_role_policy" "own" {
  role = module.own_a.role_name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = module.own_a.key_arn
        Condition = {
          StringEquals = { "kms:ViaService" = "${var.service}.amazonaws.com" }
        }
      }
    ]
  })
}

variable "service" {
  type = string
}
