data "aws_caller_identity" "current" {}

module "keys" {
  source = "./modules/key"
  for_each = {
    data = {
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [
          {
            Sid       = "Root"
            Effect    = "Allow"
            Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
            Action    = "kms:*"
            Resource  = "*"
          }
        ]
      })
    }
    logs = {}
  }
  description = each.key
  policy      = try(each.value.policy, null)
}

module "role" {
  source   = "./modules/role"
  for_each = toset(["app"])
  key      = module.keys["data"].arn
}
