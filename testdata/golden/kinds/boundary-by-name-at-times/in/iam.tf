variable "env" { type = string }
variable "limit" {
  type    = string
  default = null
}

locals {
  limits = {
    dev  = "arn:aws:iam::111122223333:policy/db"
    prod = "arn:aws:iam::111122223333:policy/none"
  }
}

resource "aws_iam_role" "app" {
  name                 = "app"
  permissions_boundary = var.env == "prod" ? "arn:aws:iam::111122223333:policy/app" : null
  assume_role_policy   = "{}"
}

resource "aws_iam_role" "db" {
  name                 = "db"
  permissions_boundary = local.limits[var.env]
  assume_role_policy   = "{}"
}

resource "aws_iam_role" "web" {
  name                 = "web"
  permissions_boundary = coalesce(var.limit, "arn:aws:iam::111122223333:policy/web")
  assume_role_policy   = "{}"
}

resource "aws_iam_policy" "app" {
  name = "app"

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

resource "aws_iam_role_policy_attachment" "app" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.app.arn
}

resource "aws_iam_policy" "db" {
  name = "db"

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

resource "aws_iam_role_policy_attachment" "db" {
  role       = aws_iam_role.db.name
  policy_arn = aws_iam_policy.db.arn
}

resource "aws_iam_policy" "web" {
  name = "web"

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

resource "aws_iam_role_policy_attachment" "web" {
  role       = aws_iam_role.web.name
  policy_arn = aws_iam_policy.web.arn
}

resource "aws_iam_policy" "prod" {
  name = "prod"

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

resource "aws_iam_role_policy_attachment" "prod" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.prod.arn
}

resource "aws_iam_policy" "json" {
  name = "json"

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

resource "aws_iam_role_policy_attachment" "json" {
  role       = aws_iam_role.json.name
  policy_arn = aws_iam_policy.json.arn
}
