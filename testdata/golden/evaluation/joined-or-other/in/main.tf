variable "create" {
  type = bool
}

resource "aws_kms_key" "k" {
  description = "data"
}

resource "aws_kms_key" "own" {
  count = var.create ? 1 : 0
}

resource "aws_iam_role" "own" {
  count              = var.create ? 1 : 0
  name               = "own"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "given" {
  name               = "given"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "compared" {
  role = join("", aws_iam_role.own[*].name) != "" ? join("", aws_iam_role.own[*].name) : aws_iam_role.given.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.k.arn }]
  })
}

resource "aws_iam_role_policy" "coalesced" {
  role = coalesce(join("", aws_iam_role.own[*].name), aws_iam_role.given.name)
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.k.arn }]
  })
}

resource "aws_iam_role_policy" "key" {
  role = aws_iam_role.given.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = coalesce(join("", aws_kms_key.own[*].arn), aws_kms_key.k.arn) }]
  })
}

resource "aws_iam_role_policy" "alone" {
  count = var.create ? 1 : 0
  role  = join("", aws_iam_role.own[*].name)
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = join("", aws_kms_key.own[*].arn) }]
  })
}
