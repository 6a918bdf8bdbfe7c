resource "aws_iam_role" "reader" {
  name               = "reader"
  assume_role_policy = file("trust.json")
}

resource "aws_iam_role_policy" "reader" {
  role = aws_iam_role.reader.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = [aws_kms_key.asked.arn, module.named.arn, module.derived.arn]
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = module.conditional.arn
      },
    ]
  })
}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "asked" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

data "aws_iam_policy_document" "named" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

data "aws_iam_policy_document" "derived" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

data "aws_iam_policy_document" "conditional" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

resource "aws_kms_key" "asked" {
  policy = local.text
}

locals {
  text = data.aws_iam_policy_document.asked.json
  used = local.text != ""
  named = {
    name   = "named"
    policy = data.aws_iam_policy_document.named.json
  }
}

resource "aws_sns_topic" "asked" {
  count = local.used ? 1 : 0
}

# Another member of the object is asked for.
module "named" {
  source = "./key"
  name   = local.named.name
  policy = local.named.policy
}

# An output says whether there is a text.
module "derived" {
  source = "./told"
  policy = data.aws_iam_policy_document.derived.json
}

resource "aws_sns_topic" "derived" {
  count = module.derived.has_policy ? 1 : 0
}

# The key policy itself is there when there is a text.
module "conditional" {
  source = "./optional"
  policy = data.aws_iam_policy_document.conditional.json
}
