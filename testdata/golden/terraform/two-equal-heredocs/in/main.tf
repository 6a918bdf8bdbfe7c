data "aws_caller_identity" "current" {}

variable "on" {
  type = bool
}

resource "aws_kms_key" "data" {}

resource "aws_kms_key_policy" "data" {
  key_id = aws_kms_key.data.key_id
  policy = (var.on ? <<-EOT
  {
    "Version": "2012-10-17",
    "Statement": [
      {"Effect": "Allow", "Principal": {"AWS": "${data.aws_caller_identity.current.account_id}"}, "Action": "kms:*", "Resource": "*"}
    ]
  }
  EOT
  : <<-EOT
  {
    "Version": "2012-10-17",
    "Statement": [
      {"Effect": "Allow", "Principal": {"AWS": "${data.aws_caller_identity.current.account_id}"}, "Action": "kms:*", "Resource": "*"}
    ]
  }
  EOT
  )
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  name = "app"
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}
