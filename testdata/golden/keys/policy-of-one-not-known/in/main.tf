variable "shared" {
  type = bool
}

locals {
  other = var.shared ? aws_kms_key.second.key_id : null
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = file("trust.json")
}

resource "aws_kms_key" "first" {}

resource "aws_kms_key" "second" {}

resource "aws_kms_key" "second_more" {}

resource "aws_kms_key_policy" "first" {
  key_id = one(compact([var.shared ? aws_kms_key.first.key_id : ""]))
  policy = file("key.json")
}

resource "aws_kms_key_policy" "second" {
  key_id = coalesce(local.other, "alias/elsewhere")
  policy = file("key.json")
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.first.arn },
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.second.arn },
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.second_more.arn },
    ]
  })
}

resource "aws_kms_key" "third" {
  for_each = toset(["on"])
}

resource "aws_iam_role_policy" "third" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.third["on"].arn },
    ]
  })
}
