variable "region" { type = string }
variable "others" { type = list(string) }

resource "aws_kms_key" "orders" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Admin"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
}

resource "aws_iam_role" "picker" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ecs-tasks.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

data "aws_iam_policy_document" "picker" {
  statement {
    actions = ["kms:Decrypt"]
    resources = [
      aws_kms_key.orders.arn,
      element(
        var.others, # the first one
        0
      ),
    ]
  }
  statement {
    actions = ["kms:Decrypt", "kms:Encrypt"]
    resources = [
      aws_kms_key.orders.arn,
      element(
        var.others, # the second one
        1
      ),
    ]
  }
}

resource "aws_iam_role_policy" "picker" {
  role   = aws_iam_role.picker.id
  policy = data.aws_iam_policy_document.picker.json
}
