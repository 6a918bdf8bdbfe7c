variable "name" {
  type = string
}

variable "policy" {
  type = string
}

variable "names" {
  type = list(string)
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "all" {
  for_each = toset(var.names)
  policy = {
    (var.name) = var.policy
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
  }[each.key]
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
