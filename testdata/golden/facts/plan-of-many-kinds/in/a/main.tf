provider "aws" {
  region = "eu-west-1"
}

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_kms_key" "new" {
  description = "new"
}

resource "aws_kms_key" "odd" {
  description = "odd"
}

resource "aws_kms_key" "absent" {
  description = "absent"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "odd" {
  name               = "odd"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "short" {
  name               = "short"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "absent" {
  name               = "absent"
  assume_role_policy = "{}"
}

module "inner" {
  source = "./inner"
  role   = aws_iam_role.app.name
}

resource "aws_iam_role_policy" "app_data" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_role_policy" "app_new" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.new.arn
    }]
  })
}

resource "aws_iam_role_policy" "app_odd" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.odd.arn
    }]
  })
}

resource "aws_iam_role_policy" "app_absent" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.absent.arn
    }]
  })
}

resource "aws_iam_role_policy" "odd_data" {
  role = aws_iam_role.odd.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_role_policy" "short_data" {
  role = aws_iam_role.short.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_role_policy" "absent_data" {
  role = aws_iam_role.absent.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.data.arn
    }]
  })
}
