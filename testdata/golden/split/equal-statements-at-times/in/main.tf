variable "key" {
  type    = string
  default = null
}

resource "aws_kms_key" "own" {
  count = var.key == null ? 1 : 0
}

resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "p" {
  role = aws_iam_role.r.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = var.key != null ? var.key : aws_kms_key.own[0].arn },
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = var.key != null ? var.key : aws_kms_key.own[0].arn },
    ]
  })
}
