data "aws_caller_identity" "current" {}

resource "aws_kms_key" "k" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}
resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "other" {
  name               = "other"
  assume_role_policy = "{}"
}


# Its policy is that of another key, too.
resource "aws_kms_key" "first" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}

resource "aws_iam_role_policy" "first" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:first"]
        Resource = aws_kms_key.first.arn
      },
    ]
  })
}

resource "aws_kms_key" "second" {
  policy = aws_kms_key.first.policy
}

# A default policy is taken as well.
resource "aws_kms_key" "unset" {
}

resource "aws_kms_key" "as_unset" {
  policy = aws_kms_key.unset.policy
}

resource "aws_iam_role_policy" "unset" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:unset"]
        Resource = aws_kms_key.unset.arn
      },
    ]
  })
}

# By its last instance, in a loop, and through a local and a module.
resource "aws_iam_role_policy" "counted" {
  count = 1
  role  = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:counted"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

resource "aws_iam_role_policy" "counted_again" {
  role   = aws_iam_role.other.name
  policy = aws_iam_role_policy.counted[0].policy
}

resource "aws_iam_role_policy" "each" {
  for_each = toset(["a"])
  role     = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:each"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

data "aws_iam_policy_document" "each" {
  source_policy_documents = [for p in aws_iam_role_policy.each : p.policy]
}

resource "aws_iam_role_policy" "each_again" {
  role   = aws_iam_role.other.name
  policy = data.aws_iam_policy_document.each.json
}

resource "aws_iam_role_policy" "whole" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:whole"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

locals {
  whole = aws_iam_role_policy.whole
}

resource "aws_iam_role_policy" "whole_again" {
  role   = aws_iam_role.other.name
  policy = local.whole.policy
}

module "m" {
  source = "./m"
  key    = aws_kms_key.k.arn
  role   = aws_iam_role.app.name
}

resource "aws_iam_role_policy" "m_again" {
  role   = aws_iam_role.other.name
  policy = module.m.text
}

# Nobody has what is only told or asked about.
resource "aws_iam_role_policy" "told" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:told"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

output "told" {
  value = aws_iam_role_policy.told.policy
}

resource "aws_s3_object" "asks" {
  bucket  = "b"
  key     = "k"
  content = aws_iam_role_policy.told.id

  lifecycle {
    precondition {
      condition     = length(aws_iam_role_policy.told.policy) < 9000
      error_message = "too long"
    }
  }
}
