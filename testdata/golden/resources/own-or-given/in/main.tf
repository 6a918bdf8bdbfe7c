variable "kms_key_arn" {
  type    = string
  default = null
}

variable "create" {
  type = bool
}

resource "aws_kms_key" "own" {
  count = var.kms_key_arn == null ? 1 : 0
}

resource "aws_kms_key" "made" {
  count = var.create ? 1 : 0
}

resource "aws_kms_key" "other" {
}

locals {
  arn = var.kms_key_arn != null ? var.kms_key_arn : aws_kms_key.own[0].arn
}

resource "aws_iam_role" "mixed" {
  name               = "mixed"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "mixed" {
  role = aws_iam_role.mixed.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Kms"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.kms_key_arn != null ? var.kms_key_arn : aws_kms_key.own[0].arn
      },
    ]
  })
}

resource "aws_iam_role" "named" {
  name               = "named"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "named" {
  role = aws_iam_role.named.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Kms"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = local.arn
      },
    ]
  })
}

resource "aws_iam_role" "listed" {
  name               = "listed"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "listed" {
  role = aws_iam_role.listed.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Kms"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.create ? [aws_kms_key.made[0].arn] : [var.kms_key_arn]
      },
    ]
  })
}

resource "aws_iam_role" "block" {
  name               = "block"
  assume_role_policy = "{}"
}

data "aws_iam_policy_document" "block" {
  statement {
    sid       = "Kms"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [var.kms_key_arn != null ? var.kms_key_arn : aws_kms_key.own[0].arn]
  }
}

resource "aws_iam_role_policy" "block" {
  role   = aws_iam_role.block.name
  policy = data.aws_iam_policy_document.block.json
}

resource "aws_iam_role" "single" {
  name               = "single"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "single" {
  role = aws_iam_role.single.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Sid      = "Kms"
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource = var.create ? aws_kms_key.made[0].arn : var.kms_key_arn
    }
  })
}

resource "aws_iam_role" "whole_first" {
  name               = "whole_first"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "whole_first" {
  role = aws_iam_role.whole_first.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Kms"
        Effect   = "Allow"
        Action   = ["kms:Decrypt"]
        Resource = var.kms_key_arn != null ? var.kms_key_arn : aws_kms_key.own[0].arn
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "*"
      },
    ]
  })
}

resource "aws_iam_role" "whole_last" {
  name               = "whole_last"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "whole_last" {
  role = aws_iam_role.whole_last.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "*"
      }, {
      Sid      = "Kms"
      Effect   = "Allow"
      Action   = ["kms:Decrypt"]
      Resource = var.kms_key_arn != null ? var.kms_key_arn : aws_kms_key.own[0].arn
    }]
  })
}

resource "aws_iam_role" "whole_block" {
  name               = "whole_block"
  assume_role_policy = "{}"
}

data "aws_iam_policy_document" "whole_block" {
  statement {
    sid       = "Kms"
    actions   = ["kms:Decrypt"]
    resources = [var.kms_key_arn != null ? var.kms_key_arn : aws_kms_key.own[0].arn]
  }

  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "whole_block" {
  role   = aws_iam_role.whole_block.name
  policy = data.aws_iam_policy_document.whole_block.json
}

resource "aws_iam_role" "beside_others" {
  name               = "beside_others"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "beside_others" {
  role = aws_iam_role.beside_others.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      {
        Sid      = "Kms"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.kms_key_arn != null ? var.kms_key_arn : aws_kms_key.own[0].arn
      },
      ], var.create ? [{
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "*"
    }] : [])
  })
}

resource "aws_iam_role" "both_own" {
  name               = "both_own"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "both_own" {
  role = aws_iam_role.both_own.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Kms"
        Effect   = "Allow"
        Action   = ["kms:Decrypt"]
        Resource = var.create ? aws_kms_key.made[0].arn : aws_kms_key.other.arn
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "*"
      },
    ]
  })
}

resource "aws_iam_role" "at_times" {
  name               = "at_times"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "at_times" {
  role = aws_iam_role.at_times.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Kms"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.create ? [aws_kms_key.made[0].arn] : []
      },
    ]
  })
}

resource "aws_iam_role" "or_nothing" {
  name               = "or_nothing"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "or_nothing" {
  role = aws_iam_role.or_nothing.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Kms"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = compact(["arn:aws:s3:::b", var.create ? aws_kms_key.made[0].arn : ""])
      },
    ]
  })
}

resource "aws_iam_role" "in_both" {
  name               = "in_both"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "in_both" {
  role = aws_iam_role.in_both.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Kms"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.create ? [aws_kms_key.other.arn, aws_kms_key.made[0].arn] : [aws_kms_key.other.arn]
      },
    ]
  })
}

resource "aws_iam_role" "held_alone" {
  name               = "held_alone"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "held_alone" {
  role = aws_iam_role.held_alone.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Kms"
        Effect   = "Allow"
        Action   = ["kms:Decrypt"]
        Resource = var.kms_key_arn != null ? var.kms_key_arn : aws_kms_key.own[0].arn
      },
    ]
  })
}

resource "aws_iam_role" "held_two_ways" {
  name               = "held_two_ways"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "held_two_ways" {
  role = aws_iam_role.held_two_ways.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Kms"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = ["arn:aws:kms:eu-west-1:111122223333:key/abcdabcd-1234-1234-1234-123456789012", var.create ? aws_kms_key.made[0].arn : var.kms_key_arn]
      },
    ]
  })
}

resource "aws_iam_role" "held_nested" {
  name               = "held_nested"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "held_nested" {
  role = aws_iam_role.held_nested.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Kms"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.create ? aws_kms_key.made[0].arn : (var.kms_key_arn != null ? var.kms_key_arn : aws_kms_key.own[0].arn)
      },
    ]
  })
}

resource "aws_iam_role" "tried" {
  name               = "tried"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "tried" {
  role = aws_iam_role.tried.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = try(aws_kms_key.made[0].arn, var.kms_key_arn)
      },
    ]
  })
}

# What stays of a statement that is there at times is in its list.
resource "aws_iam_role" "sometimes" {
  name               = "sometimes"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "sometimes" {
  role = aws_iam_role.sometimes.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "*"
      },
      ], var.create ? [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = [aws_kms_key.other.arn, "arn:aws:kms:eu-west-1:111122223333:key/abcdabcd-1234-1234-1234-123456789012"]
      },
    ] : [])
  })
}

# What stays is there at all times, and what moves is not.
resource "aws_iam_role" "or_none" {
  name               = "or_none"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "or_none" {
  role = aws_iam_role.or_none.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = compact(["arn:aws:kms:eu-west-1:111122223333:key/abcdabcd-1234-1234-1234-123456789012", var.create ? aws_kms_key.made[0].arn : ""])
      },
    ]
  })
}

resource "aws_iam_role" "held_list" {
  name               = "held_list"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "held_list" {
  role = aws_iam_role.held_list.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = compact(["arn:aws:kms:eu-west-1:111122223333:key/abcdabcd-1234-1234-1234-123456789012", var.create ? aws_kms_key.made[0].arn : ""])
      },
    ]
  })
}

resource "aws_iam_role" "held_text" {
  name               = "held_text"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "held_text" {
  role   = aws_iam_role.held_text.name
  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
          "Resource": "${var.create ? aws_kms_key.made[0].arn : var.kms_key_arn}"
        }
      ]
    }
  EOT
}

variable "more" {
  type = string
}

resource "aws_iam_role" "looped" {
  name               = "looped"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "looped" {
  role = aws_iam_role.looped.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = [for k in ["one"] : var.create ? aws_kms_key.made[0].arn : var.kms_key_arn]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = [for k in ["one"] : var.more == (var.create ? k : "two") ? aws_kms_key.other.arn : var.more]
      },
    ]
  })
}

resource "aws_iam_role" "held_three" {
  name               = "held_three"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "held_three" {
  role = aws_iam_role.held_three.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = try(aws_kms_key.made[0].arn, var.kms_key_arn, var.more)
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = try(aws_kms_key.made[0].arn, [var.more])
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:DescribeKey"]
        Resource = try(aws_kms_key.made[0].arn, var.create ? var.more : "x")
      },
    ]
  })
}
