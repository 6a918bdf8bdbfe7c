variable "team" {
  type    = string
  default = ""
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
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:Encrypt"]
        Resource  = aws_kms_key.data.arn
        Condition = { StringEquals = { "aws:PrincipalTag/team" = compact(["data", var.team]) } }
      },
      {
        Effect    = "Allow"
        Action    = ["kms:ReEncryptFrom", "kms:Encrypt"]
        Resource  = compact([aws_kms_key.data.arn, ""])
        Condition = { StringEquals = { "aws:PrincipalTag/team" = compact(["data", "", "x${var.team}"]) } }
      },
    ]
  })
}
