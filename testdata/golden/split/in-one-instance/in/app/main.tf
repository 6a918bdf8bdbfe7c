variable "key_arn" {
  type    = string
  default = null
}

variable "role_name" {
  type = string
}

resource "aws_kms_key" "own" {
  count       = var.key_arn == null ? 1 : 0
  description = "own"
}

resource "aws_iam_role_policy" "this" {
  role = var.role_name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Encrypt", "kms:Decrypt"]
      Resource = var.key_arn != null ? var.key_arn : aws_kms_key.own[0].arn
    }]
  })
}
