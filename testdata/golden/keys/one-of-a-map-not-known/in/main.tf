variable "names" {
  type = list(string)
}

variable "which" {
  type = string
}

locals {
  policies = {
    data = jsonencode({
      Version = "2012-10-17"
      Statement = [
        {
          Effect    = "Allow"
          Principal = { AWS = "arn:aws:iam::111111111111:root" }
          Action    = "kms:*"
          Resource  = "*"
        },
      ]
    })
  }
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "by_local" {
  for_each = toset(var.names)
  policy   = local.policies[each.key]
}

resource "aws_kms_key" "by_lookup" {
  for_each = toset(var.names)
  policy = lookup({
    data = jsonencode({
      Version = "2012-10-17"
      Statement = [
        {
          Effect    = "Allow"
          Principal = { AWS = "arn:aws:iam::111111111111:root" }
          Action    = "kms:*"
          Resource  = "*"
        },
      ]
    })
  }, each.key, "{}")
}

resource "aws_kms_key" "by_variable" {
  for_each = toset(var.names)
  policy = {
    data = jsonencode({
      Version = "2012-10-17"
      Statement = [
        {
          Effect    = "Allow"
          Principal = { AWS = "arn:aws:iam::111111111111:root" }
          Action    = "kms:*"
          Resource  = "*"
        },
      ]
    })
  }[each.key == "data" ? "data" : var.which]
}

resource "aws_iam_role_policy" "by_local" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.by_local["data"].arn }]
  })
}

resource "aws_iam_role_policy" "by_lookup" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.by_lookup["data"].arn }]
  })
}

resource "aws_iam_role_policy" "by_variable" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.by_variable["data"].arn }]
  })
}
