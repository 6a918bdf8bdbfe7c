resource "aws_iam_role" "app" {
  name               = "keys-map"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "k" {
  description = "k"
}

resource "aws_iam_role" "many" {
  for_each           = { "a\"b" = 1, "c{d" = 2, "e\\f" = 3 }
  name               = "m-${each.value}"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "p" {
  for_each = { "a\"b" = 1, "c{d" = 2, "e\\f" = 3 }
  role     = aws_iam_role.many[each.key].id
  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
}

