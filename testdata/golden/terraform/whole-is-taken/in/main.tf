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

# A key that is looked up.
resource "aws_iam_role_policy" "lookup" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:lookup"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

resource "aws_iam_role_policy" "of_lookup" {
  role   = aws_iam_role.other.name
  policy = lookup(aws_iam_role_policy.lookup, "policy")
}

# An index that is not written out.
resource "aws_iam_role_policy" "index" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:index"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

variable "what" {
  default = "policy"
}

resource "aws_iam_role_policy" "of_index" {
  role   = aws_iam_role.other.name
  policy = aws_iam_role_policy.index[var.what]
}

# An item of a loop.
resource "aws_iam_role_policy" "loop" {
  for_each = toset(["a"])
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:loop"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

resource "aws_iam_role_policy" "of_loop" {
  role   = aws_iam_role.other.name
  policy = [for k, v in aws_iam_role_policy.loop : lookup(v, "policy")][0]
}

# All of several.
resource "aws_iam_role_policy" "splat" {
  for_each = toset(["a"])
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:splat"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

resource "aws_iam_role_policy" "of_splat" {
  role   = aws_iam_role.other.name
  policy = values(aws_iam_role_policy.splat)[*].policy[0]
}

# Behind a local, under a key of it.
resource "aws_iam_role_policy" "local" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:local"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

locals {
  wholes = { x = aws_iam_role_policy.local }
  texts  = [for w in local.wholes : w.policy]
}

resource "aws_iam_role_policy" "of_local" {
  role   = aws_iam_role.other.name
  policy = local.texts[0]
}

# What repeats the taker.
resource "aws_iam_role_policy" "each" {
  role = aws_iam_role.app.name
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

resource "aws_iam_role_policy" "of_each" {
  for_each = { a = aws_iam_role_policy.each }
  role     = aws_iam_role.other.name
  policy   = lookup(each.value, "policy")
}

# What repeats a block.
resource "aws_iam_role_policy" "dynamic" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:dynamic"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

resource "aws_iam_role" "of_dynamic" {
  name               = "of_dynamic"
  assume_role_policy = "{}"
  dynamic "inline_policy" {
    for_each = [aws_iam_role_policy.dynamic]
    iterator = one
    content {
      name   = "x"
      policy = lookup(one.value, "policy")
    }
  }
}

# An instance of a module.
resource "aws_iam_role_policy" "call" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:call"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

module "of_call" {
  source   = "./m"
  for_each = { a = aws_iam_role_policy.call }
  whole    = each.value
  role     = aws_iam_role.other.name
}

# Through two modules, as an object that has the text.
resource "aws_iam_role_policy" "typed" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:typed"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

module "of_typed" {
  source = "./w"
  wholes = { a = aws_iam_role_policy.typed }
  role   = aws_iam_role.other.name
}

# As an output of a module that is given it.
resource "aws_iam_role_policy" "passed" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:passed"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

module "of_passed" {
  source = "./pass"
  whole  = aws_iam_role_policy.passed
}

resource "aws_iam_role_policy" "of_passed" {
  role   = aws_iam_role.other.name
  policy = lookup(module.of_passed.again, "policy")
}

# All of it is written down somewhere.
resource "aws_iam_role_policy" "written" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "s3:written"]
        Resource = aws_kms_key.k.arn
      },
    ]
  })
}

resource "aws_ssm_parameter" "of_written" {
  name  = "x"
  type  = "String"
  value = jsonencode(aws_iam_role_policy.written)
}
