resource "awscc_kms_key" "unset" {
  description = "has AWS's default policy"
}

resource "awscc_kms_key" "set" {
  key_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "root"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "awscc_kms_key" "ignored" {
  key_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })

  lifecycle {
    ignore_changes = [key_policy]
  }
}

resource "awscc_kms_alias" "set" {
  alias_name    = "alias/set"
  target_key_id = awscc_kms_key.set.key_id
}

data "aws_kms_key" "set" {
  key_id = "alias/set"
}

resource "awscc_iam_role" "listed" {
  role_name                   = "listed"
  assume_role_policy_document = jsonencode({ Version = "2012-10-17", Statement = [] })
  policies = [
    {
      policy_name = "gone"
      policy_document = jsonencode({
        Version   = "2012-10-17"
        Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = awscc_kms_key.unset.arn }]
      })
    },
    {
      policy_name = "less"
      policy_document = jsonencode({
        Version = "2012-10-17"
        Statement = [
          { Effect = "Allow", Action = "s3:GetObject", Resource = "*" },
          { Effect = "Allow", Action = "kms:Decrypt", Resource = data.aws_kms_key.set.arn },
        ]
      })
    },
  ]
}

resource "awscc_iam_role" "app" {
  role_name                   = "app"
  assume_role_policy_document = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "awscc_iam_role_policy" "app" {
  policy_name = "app"
  role_name   = awscc_iam_role.app.role_name
  policy_document = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:DescribeKey"], Resource = awscc_kms_key.unset.arn }]
  })
}

resource "aws_iam_role" "mixed" {
  name               = "mixed"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "awscc_iam_managed_policy" "mixed" {
  managed_policy_name = "mixed"
  roles               = [aws_iam_role.mixed.name]
  policy_document     = data.aws_iam_policy_document.mixed.json
}

data "aws_iam_policy_document" "mixed" {
  statement {
    actions   = ["kms:Decrypt", "kms:DescribeKey"]
    resources = [awscc_kms_key.set.arn]
  }
}

resource "awscc_iam_role" "attached" {
  role_name                   = "attached"
  assume_role_policy_document = jsonencode({ Version = "2012-10-17", Statement = [] })
  managed_policy_arns         = [awscc_iam_managed_policy.attached.policy_arn]
}

resource "awscc_iam_managed_policy" "attached" {
  managed_policy_name = "attached"
  policy_document = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:DescribeKey"], Resource = awscc_kms_key.ignored.arn }]
  })
}

resource "awscc_iam_user" "made" {
  user_name = "made"
  policies = [for name in ["a"] : {
    policy_name = name
    policy_document = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = awscc_kms_key.set.arn }]
    })
  }]
}

resource "awscc_iam_group" "people" {
  group_name = "people"
  policies = [{
    policy_name = "people"
    policy_document = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = awscc_kms_key.set.arn }]
    })
  }]
}

resource "awscc_iam_managed_policy" "boundary" {
  managed_policy_name = "boundary"
  roles               = [awscc_iam_role.app.role_name]
  policy_document = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:DescribeKey"], Resource = awscc_kms_key.set.arn }]
  })
}

resource "awscc_iam_role" "bounded" {
  role_name                   = "bounded"
  assume_role_policy_document = jsonencode({ Version = "2012-10-17", Statement = [] })
  permissions_boundary        = awscc_iam_managed_policy.boundary.id
}

resource "awscc_sso_permission_set" "set" {
  name         = "set"
  instance_arn = "arn:aws:sso:::instance/ssoins-1"
  inline_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = awscc_kms_key.set.arn }]
  })
}
