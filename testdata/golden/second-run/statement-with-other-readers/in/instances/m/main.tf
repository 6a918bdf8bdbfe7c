data "aws_caller_identity" "current" {}

variable "reader" {
  type = string
}

variable "stage" {
  type = string
}

locals {
  ours = {
    some = [{
      Sid       = "KmsfixDecrypt8af4d19e"
      Effect    = "Allow"
      Principal = { AWS = ["arn:aws:iam::111122223333:role/first"] }
      Action    = "kms:Decrypt"
      Resource  = "*"
    }]
    none = []
  }
}

resource "aws_kms_key" "one" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([{
      Sid       = "Root"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }], local.ours[var.stage])
  })
}

output "arn" {
  value = aws_kms_key.one.arn
}
