locals {
  l0 = ["a", "b"]
  l1 = flatten([for x in local.l0 : [for y in local.l0 : "${x}${y}"]])
  l2 = flatten([for x in local.l1 : [for y in local.l1 : "${x}${y}"]])
  l3 = flatten([for x in local.l2 : [for y in local.l2 : "${x}${y}"]])
  l4 = flatten([for x in local.l3 : [for y in local.l3 : "${x}${y}"]])
  l5 = flatten([for x in local.l4 : [for y in local.l4 : "${x}${y}"]])
}

resource "aws_kms_key" "plain" {}

resource "aws_kms_key" "large" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for name in local.l5 : {
      Sid       = name
      Effect    = "Allow"
      Action    = "kms:*"
      Resource  = "*"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
    }]
  })
}

resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "plain" {
  role = aws_iam_role.r.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.plain.arn
    }]
  })
}

resource "aws_iam_role_policy" "large" {
  role = aws_iam_role.r.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.large.arn
      }, {
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = local.l5
    }]
  })
}
