variable "names" {
  type = list(string)
}

variable "other" {
  type = string
}

locals {
  keys = {
    data = jsonencode({
      Version = "2012-10-17"
      Statement = [
        {
          Effect    = "Allow"
          Principal = { AWS = "arn:aws:iam::111111111111:root" }
          Action    = ["kms:*", "kms:Decrypt"]
          Resource  = "*"
        },
      ]
    })
  }
  policies = {
    data = jsonencode({
      Version = "2012-10-17"
      Statement = [
        { Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.own.arn },
      ]
    })
  }
}

resource "aws_kms_key" "all" {
  for_each = toset(var.names)
  policy   = local.keys[each.key == "data" ? "data" : var.other]
}

resource "aws_kms_key" "own" {}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = file("trust.json")
}

resource "aws_iam_role" "job" {
  name               = "job"
  assume_role_policy = file("trust.json")
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.all["data"].arn },
    ]
  })
}

resource "aws_iam_role_policy" "each" {
  for_each = { data = aws_iam_role.app.id, job = aws_iam_role.job.id }
  role     = each.value
  policy   = local.policies[each.key == "data" ? "data" : var.other]
}
