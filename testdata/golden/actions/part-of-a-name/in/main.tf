variable "action" {
  type    = string
  default = "Decrypt"
}

resource "aws_kms_key" "data" {}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["kms:${var.action}"], Resource = aws_kms_key.data.arn },
      { Effect = "Allow", Action = ["kms:De${var.action}", "kms:Encrypt"], Resource = aws_kms_key.data.arn },
      { Effect = "Allow", Action = "kms:Describe${var.action}", Resource = aws_kms_key.data.arn },
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:${var.action}"], Resource = aws_kms_key.data.arn },
      { Effect = "Allow", Action = "s3:${var.action}", Resource = "*" },
    ]
  })
}
