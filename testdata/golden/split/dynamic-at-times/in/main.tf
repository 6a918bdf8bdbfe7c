variable "reads" {
  type = bool
}

resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111111111111:root" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = file("trust.json")
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.app.json
}

data "aws_iam_policy_document" "app" {
  dynamic "statement" {
    for_each = var.reads ? [1] : []
    content {
      actions   = ["kms:Decrypt", "kms:Encrypt"]
      resources = [aws_kms_key.data.arn, "arn:aws:kms:eu-west-1:222222222222:key/*"]
    }
  }

  statement {
    actions   = ["kms:Decrypt", "kms:Encrypt"]
    resources = [aws_kms_key.data.arn, "arn:aws:kms:eu-west-1:333333333333:key/*"]
  }
}
