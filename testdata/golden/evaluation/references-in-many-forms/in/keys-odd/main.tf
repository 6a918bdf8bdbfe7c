resource "aws_iam_role" "app" {
  name               = "keys-odd"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "k" {
  description = "k"
}

resource "aws_iam_role_policy" "p" {
  for_each = toset(["a\"b", "a\\b", "a{b", "a\nb", "a${var.x}"])
  role     = aws_iam_role.app.id
  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
}

variable "x" {}
