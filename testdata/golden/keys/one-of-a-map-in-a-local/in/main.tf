variable "names" {
  type = set(string)
}

resource "aws_kms_key" "all" {
  for_each = var.names
  policy = {
    data = local.data_policy
  }[each.key]
}

locals {
  data_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["kms:ReEncrypt*", "kms:Encrypt"], Resource = aws_kms_key.all["data"].arn },
    ]
  })
}
