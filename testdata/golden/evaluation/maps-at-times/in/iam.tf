resource "aws_iam_role_policy" "values" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = concat(["kms:Encrypt"], values(local.extra))
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "for" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = concat(["kms:Encrypt"], [for k, v in local.extra : v])
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "lookup" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = lookup(local.extra, "actions", "kms:ReEncrypt*")
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "try" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = try(local.extra.actions, "kms:ReEncrypt*")
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "length" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = concat(["kms:Encrypt"], length(local.list) > 0 ? ["kms:Decrypt"] : [])
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "number" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "1" == 1 ? "kms:Decrypt" : "kms:Encrypt"
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "statements" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      {
        Effect   = "Allow"
        Action   = "s3:ListAllMyBuckets"
        Resource = "*"
      }
      ], [for k, v in local.extra : {
        Effect   = "Allow"
        Action   = v
        Resource = aws_kms_key.data.arn
    }])
  })
}

resource "aws_iam_role_policy" "conditions" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Encrypt"
        Resource = aws_kms_key.data.arn
      },
      merge({
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.data.arn
      }, var.more ? { Condition = { Bool = { "aws:SecureTransport" = "true" } } } : {}),
      {
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = aws_kms_key.data.arn
        Condition = var.more ? { Bool = { "aws:SecureTransport" = "true" } } : {}
      },
      {
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = aws_kms_key.data.arn
        Condition = merge({ Bool = { "aws:SecureTransport" = "true" } }, var.more ? { Null = { "aws:SourceVpce" = "true" } } : {})
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.data.arn
        Condition = {
          StringEquals = merge({ "aws:SourceVpce" = "vpce-1" }, var.more ? { "aws:SourceVpc" = ["vpc-1"] } : {})
        }
      },
      merge({
        Effect   = "Allow"
        Resource = aws_kms_key.data.arn
      }, var.more ? { Action = ["kms:Decrypt"] } : {}),
      merge({
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.data.arn
      }, var.more ? { Effect = "Allow" } : {})
    ]
  })
}

data "aws_iam_policy_document" "dynamic" {
  statement {
    actions   = ["s3:ListAllMyBuckets"]
    resources = ["*"]
  }

  dynamic "statement" {
    for_each = local.extra

    content {
      actions   = [statement.value]
      resources = [aws_kms_key.data.arn]
    }
  }

  dynamic "statement" {
    for_each = var.more ? ["kms:ReEncryptTo"] : []

    content {
      actions   = [statement.value]
      resources = [aws_kms_key.data.arn]
    }
  }
}

resource "aws_iam_role_policy" "dynamic" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.dynamic.json
}

resource "aws_iam_role_policy" "each" {
  for_each = local.extra

  name = each.key
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = [each.value, "kms:Encrypt"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}
