data "aws_caller_identity" "current" {}

resource "aws_kms_key" "data" {
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

variable "env" {
  type = string
}

module "child" {
  source = "./child"

  settings = {
    key_arn = aws_kms_key.data.arn
    unknown = "is dropped"
  }
  list    = [{ key_arn = aws_kms_key.data.arn }]
  map     = { a = { key_arn = aws_kms_key.data.arn, actions = ["kms:Decrypt", "kms:Sign"] } }
  actions = null
  any     = null
  given   = null
  numbers = ["1"]
  env     = var.env
}
