data "aws_caller_identity" "current" {}

variable "list" {
  type    = list(string)
  default = []
}

module "m" {
  source   = "../m"
  for_each = toset(["a"])
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Root"
        Effect    = "Allow"
        Principal = { AWS = data.aws_caller_identity.current.account_id }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
  list = var.list
}
