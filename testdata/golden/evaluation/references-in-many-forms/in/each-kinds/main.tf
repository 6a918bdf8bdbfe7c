resource "aws_iam_role" "app" {
  name               = "each-kinds"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "k" {
  description = "k"
}

variable "x" {}

resource "aws_iam_role_policy" "p" {
  for_each = ["a"]
  role     = aws_iam_role.app.id
  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
}

resource "aws_iam_role_policy" "q" {
  for_each = "a"
  role     = aws_iam_role.app.id
  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
}

resource "aws_iam_role_policy" "r" {
  for_each = toset([var.x])
  role     = aws_iam_role.app.id
  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
}

resource "aws_iam_role_policy" "s" {
  for_each = { (var.x) = 1 }
  role     = aws_iam_role.app.id
  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
}

resource "aws_iam_role_policy" "t" {
  for_each = null
  role     = aws_iam_role.app.id
  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
}

resource "aws_iam_role_policy" "u" {
  for_each = toset([["a"]])
  role     = aws_iam_role.app.id
  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
}

