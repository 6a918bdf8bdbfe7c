provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

variable "on" {
  type = bool
}

data "aws_kms_alias" "data" {
  name = "alias/data"
}

data "aws_kms_alias" "more" {
  name = "alias/more"
}

data "aws_kms_alias" "other" {
  name = "alias/other"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "workspace" {
  name               = "app-${terraform.workspace}"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "prefix" {
  name_prefix        = "app-"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "quoted" {
  name               = "app\"s"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "computed" {
  name               = aws_vpc.main.id
  assume_role_policy = "{}"
}

resource "aws_iam_role" "optional" {
  count = var.on ? 1 : 0

  name               = "optional"
  assume_role_policy = "{}"
}

data "aws_iam_role" "external" {
  name = "external"
}

resource "aws_iam_user" "app" {
  name = "app"
}

resource "aws_iam_role" "conditional" {
  name               = "conditional"
  assume_role_policy = "{}"
}

resource "aws_vpc" "main" {}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = data.aws_kms_alias.data.target_key_arn
    }]
  })
}

resource "aws_iam_role_policy" "workspace" {
  role = aws_iam_role.workspace.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = data.aws_kms_alias.data.target_key_arn
    }]
  })
}

resource "aws_iam_role_policy" "prefix" {
  role = aws_iam_role.prefix.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = data.aws_kms_alias.data.target_key_arn
    }]
  })
}

resource "aws_iam_role_policy" "quoted" {
  role = aws_iam_role.quoted.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = data.aws_kms_alias.data.target_key_arn
    }]
  })
}

resource "aws_iam_role_policy" "computed" {
  role = aws_iam_role.computed.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = data.aws_kms_alias.data.target_key_arn
    }]
  })
}

resource "aws_iam_role_policy" "optional" {
  count = var.on ? 1 : 0

  role = aws_iam_role.optional[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = data.aws_kms_alias.data.target_key_arn
    }]
  })
}

resource "aws_iam_role_policy" "external" {
  role = data.aws_iam_role.external.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = data.aws_kms_alias.data.target_key_arn
    }]
  })
}

resource "aws_iam_user_policy" "user" {
  user = aws_iam_user.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = data.aws_kms_alias.data.target_key_arn
    }]
  })
}

resource "aws_iam_role_policy" "more" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = data.aws_kms_alias.more.target_key_arn
    }]
  })
}

resource "aws_iam_role_policy" "other" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = data.aws_kms_alias.other.target_key_arn
    }]
  })
}

resource "aws_iam_role_policy" "vpc" {
  role = aws_iam_role.conditional.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "kms:Decrypt"
      Resource  = data.aws_kms_alias.data.target_key_arn
      Condition = { StringEquals = { "aws:SourceVpc" = [aws_vpc.main.id] } }
    }]
  })
}

resource "aws_iam_role_policy" "arn" {
  role = aws_iam_role.conditional.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "kms:Decrypt"
      Resource  = data.aws_kms_alias.data.target_key_arn
      Condition = { StringEquals = { "aws:SourceVpc" = [aws_vpc.main.arn] } }
    }]
  })
}

resource "aws_iam_role_policy" "given" {
  role = aws_iam_role.conditional.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "kms:Decrypt"
      Resource  = data.aws_kms_alias.data.target_key_arn
      Condition = { StringEquals = { "aws:SourceVpc" = [var.on] } }
    }]
  })
}
