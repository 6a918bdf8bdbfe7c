data "aws_caller_identity" "current" {
}

variable "found" {
  type = bool
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "found" {
}

data "aws_kms_key" "found" {
  key_id = aws_kms_key.found.arn
}

resource "aws_kms_key_policy" "found" {
  key_id = var.found ? data.aws_kms_key.found.key_id : "none"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = data.aws_caller_identity.current.account_id }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_iam_role_policy" "found" {
  name = "found"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.found.arn
    }]
  })
}

resource "aws_kms_key" "named" {
}

resource "aws_kms_alias" "named" {
  name          = "alias/named"
  target_key_id = aws_kms_key.named.key_id
}

data "aws_kms_alias" "named" {
  name = "alias/named"
}

resource "aws_kms_key_policy" "named" {
  key_id = var.found ? data.aws_kms_alias.named.target_key_id : "none"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = data.aws_caller_identity.current.account_id }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_iam_role_policy" "named" {
  name = "named"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.named.arn
    }]
  })
}

resource "aws_kms_key" "target" {
}

resource "aws_kms_alias" "target" {
  name          = "alias/target"
  target_key_id = aws_kms_key.target.key_id
}

resource "aws_kms_key_policy" "target" {
  key_id = var.found ? aws_kms_alias.target.target_key_id : "none"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = data.aws_caller_identity.current.account_id }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_iam_role_policy" "target" {
  name = "target"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.target.arn
    }]
  })
}

resource "aws_kms_key" "asked" {
}

data "aws_kms_key" "asked" {
  key_id = "alias/asked"
}

resource "aws_kms_alias" "asked" {
  name          = "alias/asked"
  target_key_id = aws_kms_key.asked.key_id
}

resource "aws_kms_key_policy" "asked" {
  key_id = var.found ? data.aws_kms_key.asked.id : "none"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = data.aws_caller_identity.current.account_id }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_iam_role_policy" "asked" {
  name = "asked"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.asked.arn
    }]
  })
}

resource "aws_kms_key" "computed" {
}

data "aws_kms_key" "computed" {
  key_id = "alias/computed"
}

resource "aws_kms_alias" "computed" {
  name          = "alias/computed"
  target_key_id = lookup({ dev = aws_kms_key.asked.key_id }, var.env, aws_kms_key.computed.key_id)
}

resource "aws_kms_key_policy" "computed" {
  key_id = data.aws_kms_key.computed.key_id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = data.aws_caller_identity.current.account_id }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_iam_role_policy" "computed" {
  name = "computed"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.computed.arn
    }]
  })
}

variable "env" {
  type = string
}
