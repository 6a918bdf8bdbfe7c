variable "buckets" {
  type = map(object({ key = string }))
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_policy" "bucket" {
  for_each = local.policies

  name   = each.key
  policy = jsonencode(each.value)
}

resource "aws_iam_role_policy_attachment" "bucket" {
  for_each = aws_iam_policy.bucket

  role       = aws_iam_role.app.name
  policy_arn = each.value.arn
}

locals {
  policies = {
    for name, bucket in var.buckets :
    name => {
      Version = "2012-10-17"
      Statement = concat(
        bucket.key != null ? [
          {
            Effect   = "Allow"
            Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
            Resource = [bucket.key]
          }
        ] : [],
        [
          {
            Effect   = "Allow"
            Action   = ["s3:GetObject"]
            Resource = ["arn:aws:s3:::${name}/*"]
          }
        ]
      )
    }
  }
}
