provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

provider "aws" {
  alias = "other"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

data "aws_kms_key" "role" {
  key_id = "arn:aws:iam::111122223333:role/x"
}

data "aws_kms_key" "short" {
  key_id = "arn:aws:kms:eu-west-1:1111:key/00000001-1111-2222-3333-444444444444"
}

data "aws_kms_key" "anywhere" {
  provider = aws.other
  key_id = "00000002-1111-2222-3333-444444444444"
}

data "aws_kms_key" "text" {
  key_id = "arn:aws:kms:eu-west-1"
}

resource "aws_iam_role_policy" "no_region" {
  name = "no_region"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "arn:aws:kms::111122223333:key/00000001-1111-2222-3333-444444444444"
      }
    ]
  })
}

resource "aws_iam_role_policy" "short_account" {
  name = "short_account"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "arn:aws:kms:eu-west-1:1111:key/00000001-1111-2222-3333-444444444444"
      }
    ]
  })
}

resource "aws_iam_role_policy" "no_id" {
  name = "no_id"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "arn:aws:kms:eu-west-1:111122223333:key/"
      }
    ]
  })
}

resource "aws_iam_role_policy" "no_partition" {
  name = "no_partition"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "arn::kms:eu-west-1:111122223333:key/00000001-1111-2222-3333-444444444444"
      }
    ]
  })
}

resource "aws_iam_role_policy" "found_role" {
  name = "found_role"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = data.aws_kms_key.role.arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "found_short" {
  name = "found_short"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = data.aws_kms_key.short.arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "found_anywhere" {
  name = "found_anywhere"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = data.aws_kms_key.anywhere.arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "found_text" {
  name = "found_text"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = data.aws_kms_key.text.arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "exact" {
  name = "exact"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "arn:aws:kms:eu-west-1:111122223333:key/00000001-1111-2222-3333-444444444444"
      }
    ]
  })
}
