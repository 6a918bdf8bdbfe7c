data "aws_caller_identity" "current" {}

resource "aws_kms_key" "app" {
  description = "app"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"

  inline_policy {
    name   = "logs"
    policy = <<EOF
      {
        "Version": "2012-10-17",

        "Statement": [{"Effect": "Allow", "Action": "logs:*", "Resource": "*"}]
      }
EOF
  }

  inline_policy {
    name = "kms"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [
        {
          Sid = trimspace(<<EOF
            Keys
EOF
          )
          Effect   = "Allow"
          Action   = ["kms:Decrypt", "kms:Encrypt"]
          Resource = aws_kms_key.app.arn
        },
        {
          Effect = "Allow"
          Action = "s3:GetObject"
          Resource = trimspace(<<-EOF
            *
          EOF
          )
        }
      ]
    })
  }
}
