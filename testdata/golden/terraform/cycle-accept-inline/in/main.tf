resource "aws_kms_key" "app" {
  description = "app"

  policy = <<EOF
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"},
      "Action": "kms:*",
      "Resource": "*"
    }
  ]
}
EOF
}

data "aws_caller_identity" "current" {}

resource "aws_iam_role" "app" {
  for_each           = toset(["a", "b"])
  name               = each.key
  assume_role_policy = "{}"

  inline_policy {
    name   = "logs-${each.key}"
    policy = <<EOF
{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": "logs:*", "Resource": "*"}]
}
EOF
  }

  # Reads what is encrypted.
  inline_policy {
    name = "kms"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.app.arn
      }]
    })
  }
}
