variable "key_arn" {
  type = string
}

variable "own" {
  type    = bool
  default = null
}

resource "aws_iam_role" "own" {
  name               = "own"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "own" {
  count = var.own ? 1 : 0
  role  = aws_iam_role.own.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = var.key_arn }]
  })
}
