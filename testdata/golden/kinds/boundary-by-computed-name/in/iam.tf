variable "env" { type = string }
variable "tier" { type = string }
variable "project" { type = string }

locals {
  names = {
    one = "list-one"
    two = "list-two"
  }
}

resource "aws_iam_role" "choice" {
  name                 = "choice"
  permissions_boundary = "arn:aws:iam::111122223333:policy/limit-prod"
  assume_role_policy   = "{}"
}

resource "aws_iam_policy" "choice" {
  name = var.env == "prod" ? "limit-prod" : "limit-dev"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "choice" {
  role       = aws_iam_role.choice.name
  policy_arn = aws_iam_policy.choice.arn
}

resource "aws_iam_role" "nested" {
  name                 = "nested"
  permissions_boundary = "arn:aws:iam::111122223333:policy/rim-test"
  assume_role_policy   = "{}"
}

resource "aws_iam_policy" "nested" {
  name = var.env == "prod" ? "rim-prod" : var.env == "test" ? "rim-test" : "rim-dev"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "nested" {
  role       = aws_iam_role.nested.name
  policy_arn = aws_iam_policy.nested.arn
}

resource "aws_iam_role" "template" {
  name                 = "template"
  permissions_boundary = "arn:aws:iam::111122223333:policy/edge-prod"
  assume_role_policy   = "{}"
}

resource "aws_iam_policy" "template" {
  name = "edge-${var.env}"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "template" {
  role       = aws_iam_role.template.name
  policy_arn = aws_iam_policy.template.arn
}

resource "aws_iam_role" "ending" {
  name                 = "ending"
  permissions_boundary = "arn:aws:iam::111122223333:policy/team/prod-hedge"
  assume_role_policy   = "{}"
}

resource "aws_iam_policy" "ending" {
  name = "${var.env}-hedge"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "ending" {
  role       = aws_iam_role.ending.name
  policy_arn = aws_iam_policy.ending.arn
}

resource "aws_iam_role" "other" {
  name                 = "other"
  permissions_boundary = "arn:aws:iam::111122223333:policy/fence-${var.env}"
  assume_role_policy   = "{}"
}

resource "aws_iam_policy" "other" {
  name = "fence-prod"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "other" {
  role       = aws_iam_role.other.name
  policy_arn = aws_iam_policy.other.arn
}

resource "aws_iam_role" "map" {
  name                 = "map"
  permissions_boundary = "arn:aws:iam::111122223333:policy/list-two"
  assume_role_policy   = "{}"
}

resource "aws_iam_policy" "map" {
  name = local.names[var.env]

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "map" {
  role       = aws_iam_role.map.name
  policy_arn = aws_iam_policy.map.arn
}

resource "aws_iam_role" "moves" {
  name                 = "moves"
  permissions_boundary = "arn:aws:iam::111122223333:policy/${var.project}-limit-${var.env}"
  assume_role_policy   = "{}"
}

resource "aws_iam_policy" "moves" {
  name = "${var.project}-app-${var.env}"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "moves" {
  role       = aws_iam_role.moves.name
  policy_arn = aws_iam_policy.moves.arn
}

resource "aws_iam_role" "tier" {
  name                 = "tier"
  assume_role_policy   = "{}"
}

resource "aws_iam_policy" "tier" {
  name = "${var.project}-${var.tier}"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "tier" {
  role       = aws_iam_role.tier.name
  policy_arn = aws_iam_policy.tier.arn
}

resource "aws_iam_role" "apart" {
  name                 = "apart"
  permissions_boundary = "arn:aws:iam::111122223333:policy/app-${var.tier}"
  assume_role_policy   = "{}"
}

resource "aws_iam_policy" "apart" {
  name = "${var.project}-read"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "apart" {
  role       = aws_iam_role.apart.name
  policy_arn = aws_iam_policy.apart.arn
}
