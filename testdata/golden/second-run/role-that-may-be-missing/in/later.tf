variable "on" {
  type = bool
}

resource "aws_iam_role" "later" {
  count = var.on ? 1 : 0

  name               = "later"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "later" {
  count = var.on ? 1 : 0

  role = aws_iam_role.later[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.data.arn
    }]
  })
}
