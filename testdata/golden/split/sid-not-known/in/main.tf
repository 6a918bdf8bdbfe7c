variable "sid" {
  type    = string
  default = null
}

variable "prefix" {
  type = string
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = file("trust.json")
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
      },
    ]
  })
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = var.sid
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = [aws_kms_key.data.arn, "arn:aws:kms:eu-west-1:222222222222:key/*"]
      },
      {
        Sid      = "${var.prefix}Reads"
        Effect   = "Allow"
        Action   = ["kms:ReEncryptFrom", "kms:Encrypt"]
        Resource = [aws_kms_key.data.arn, "arn:aws:kms:eu-west-1:222222222222:key/*"]
      },
    ]
  })
}
