variable "on" {
  type = bool
}

variable "off" {
  type = bool
}

module "key" {
  source   = "./modules/key"
  for_each = { a = 1, b = 2, c = 3 }
}

module "counted" {
  source = "./modules/counted"
  count  = 2
}

module "wrapper" {
  source = "./modules/wrapper"
}

module "plain" {
  source = "./modules/plain"
}

module "other_plain" {
  source = "./modules/plain"
}

resource "aws_iam_role" "a" {
  name               = "a"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "b" {
  name               = "b"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "c" {
  name               = "c"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "d" {
  name               = "d"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "opt1" {
  count = var.on ? 1 : 0

  name               = "opt1"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "opt2" {
  count = var.off ? 1 : 0

  name               = "opt2"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "a" {
  role = aws_iam_role.a.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.key["a"].arn
    }]
  })
}

resource "aws_iam_role_policy" "b" {
  role = aws_iam_role.b.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.key["b"].arn
    }]
  })
}

resource "aws_iam_role_policy" "c0" {
  role = aws_iam_role.c.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:ReEncrypt*"
      Resource = module.counted[0].arn
    }]
  })
}

resource "aws_iam_role_policy" "c1" {
  role = aws_iam_role.d.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:ReEncrypt*"
      Resource = module.counted[1].arn
    }]
  })
}

resource "aws_iam_role_policy" "w1" {
  role = aws_iam_role.a.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.wrapper.one
    }]
  })
}

resource "aws_iam_role_policy" "w2" {
  role = aws_iam_role.b.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.wrapper.two
    }]
  })
}

resource "aws_iam_role_policy" "o1" {
  count = var.on ? 1 : 0

  role = aws_iam_role.opt1[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.plain.arn
    }]
  })
}

resource "aws_iam_role_policy" "o2" {
  count = var.off ? 1 : 0

  role = aws_iam_role.opt2[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.plain.arn
    }]
  })
}

resource "aws_iam_role_policy" "o3" {
  role = aws_iam_role.d.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.other_plain.arn
    }]
  })
}
