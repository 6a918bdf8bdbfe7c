data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

locals {
  prefix = "arn:aws:kms:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:key"
}

resource "aws_kms_key" "data" {}

resource "aws_kms_alias" "data" {
  name          = "alias/data"
  target_key_id = aws_kms_key.data.key_id
}

data "aws_kms_key" "by_alias" {
  key_id = "alias/data"
}

data "aws_kms_key" "by_alias_of" {
  key_id = aws_kms_alias.data.name
}

data "aws_kms_key" "by_id" {
  key_id = aws_kms_key.data.key_id
}

data "aws_kms_key" "by_arn" {
  key_id = data.aws_kms_key.by_id.arn
}

data "aws_kms_key" "again" {
  key_id = data.aws_kms_key.by_id.key_id
}

data "aws_kms_key" "ssm" {
  key_id = "alias/aws/ssm"
}

resource "aws_iam_role" "reader" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "moved" {
  role = aws_iam_role.reader.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "IdOfAlias"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "${local.prefix}/${data.aws_kms_key.by_alias.id}"
      },
      {
        Sid      = "KeyIdOfId"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "${local.prefix}/${data.aws_kms_key.by_id.key_id}"
      },
      {
        Sid      = "KeyIdOfKeyId"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "${local.prefix}/${data.aws_kms_key.again.key_id}"
      },
      {
        Sid      = "KeyIdThatIsAnArn"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = data.aws_kms_key.by_arn.key_id
      },
      {
        Sid      = "IdOfManaged"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "${local.prefix}/${data.aws_kms_key.ssm.id}"
      }
    ]
  })
}

# key/alias/data is the ARN of no key.
resource "aws_iam_role_policy" "held" {
  role = aws_iam_role.reader.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "KeyIdOfAlias"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "${local.prefix}/${data.aws_kms_key.by_alias.key_id}"
      },
      {
        Sid      = "KeyIdOfAliasName"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "${local.prefix}/${data.aws_kms_key.by_alias_of.key_id}"
      }
    ]
  })
}
