variable "on" {
  type = bool
}

variable "off" {
  type = bool
}

resource "aws_kms_key" "data" {
}

resource "aws_iam_role" "away" {
  name               = "away"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "away" {
  name = "away"
  role = aws_iam_role.away.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "s3:GetObject"]
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_role_policies_exclusive" "away" {
  role_name    = aws_iam_role.away.name
  policy_names = (var.on && !var.off) ? [aws_iam_role_policy.away.name] : []
}

resource "aws_iam_role" "along" {
  name               = "along"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "along" {
  count = var.on ? 1 : 0
  name = "along"
  role = aws_iam_role.along.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "s3:GetObject"]
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_role_policies_exclusive" "along" {
  role_name    = aws_iam_role.along.name
  policy_names = var.on ? [aws_iam_role_policy.along[0].name] : []
}

resource "aws_iam_role" "splat" {
  name               = "splat"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "splat" {
  count = var.on ? 1 : 0
  name = "splat"
  role = aws_iam_role.splat.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "s3:GetObject"]
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_role_policies_exclusive" "splat" {
  role_name    = aws_iam_role.splat.name
  policy_names = aws_iam_role_policy.splat[*].name
}

resource "aws_iam_role" "either" {
  name               = "either"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "either" {
  name = "either"
  role = aws_iam_role.either.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "s3:GetObject"]
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_role_policies_exclusive" "either" {
  role_name    = aws_iam_role.either.name
  policy_names = var.on ? [aws_iam_role_policy.either.name] : [aws_iam_role_policy.either.name, "more"]
}

resource "aws_iam_role" "more" {
  name               = "more"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "more" {
  name = "more"
  role = aws_iam_role.more.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "s3:GetObject"]
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_role_policies_exclusive" "more" {
  role_name    = aws_iam_role.more.name
  policy_names = concat([aws_iam_role_policy.more.name], var.on ? ["other"] : [])
}

resource "aws_iam_role" "named" {
  name               = "named"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "named" {
  name = "named"
  role = aws_iam_role.named.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "s3:GetObject"]
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_role_policies_exclusive" "named" {
  role_name    = aws_iam_role.named.name
  policy_names = compact([var.on ? "named" : ""])
}

resource "aws_iam_role" "other" {
  name               = "other"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "other" {
  name = "other"
  role = aws_iam_role.other.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "s3:GetObject"]
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_role_policies_exclusive" "other" {
  role_name    = aws_iam_role.other.name
  policy_names = coalescelist(var.on ? [aws_iam_role_policy.other.name] : [], ["more"])
}

resource "aws_iam_role" "beside" {
  name               = "beside"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "beside" {
  name = "beside"
  role = aws_iam_role.beside.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "s3:GetObject"]
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_role_policies_exclusive" "beside" {
  role_name    = aws_iam_role.beside.name
  policy_names = compact([aws_iam_role_policy.beside.name, var.on ? "more" : ""])
}
