variable "key_arn" {
  type = string
}

module "role" {
  source   = "terraform-aws-modules/iam/aws//modules/iam-role-for-service-accounts-eks"
  version  = "~> 5.0"
  for_each = toset(["api", "web-app"])

  role_name = each.key
  role_policy_arns = {
    policy = aws_iam_policy.read[each.key].arn
  }
}

resource "aws_iam_policy" "read" {
  for_each = toset(["api", "web-app"])
  name     = each.key
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.key_arn
      }
    ]
  })
}
