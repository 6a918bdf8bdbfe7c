resource "aws_iam_role" "app" {
  name               = "attached"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "other" {
  name               = "attached-other"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "k" {
  description = "k"
}

resource "aws_iam_policy" "each" {
  name   = "attached-each"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
}

resource "aws_iam_policy" "map" {
  name   = "attached-map"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
}

resource "aws_iam_policy" "exclusive" {
  name   = "attached-exclusive"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
}

resource "aws_iam_policy" "named" {
  name   = "attached-named"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
}

resource "aws_iam_policy" "twice" {
  name   = "attached-twice"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
}

resource "aws_iam_policy" "list" {
  name   = "attached-list"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
}

resource "aws_iam_role_policy_attachment" "each" {
  for_each   = { a = aws_iam_policy.each.arn }
  role       = aws_iam_role.app.name
  policy_arn = each.value
}

resource "aws_iam_role_policy_attachment" "map" {
  for_each   = toset(["x"])
  role       = aws_iam_role.app.name
  policy_arn = { x = aws_iam_policy.map.arn }[each.key]
}

resource "aws_iam_role_policy_attachments_exclusive" "x" {
  role_name   = aws_iam_role.other.name
  policy_arns = [aws_iam_policy.exclusive.arn]
}

resource "aws_iam_role_policy_attachment" "named" {
  role       = "attached"
  policy_arn = aws_iam_policy.named.arn
  depends_on = [aws_iam_role.app, aws_iam_policy.named]
}

resource "aws_iam_role_policy_attachment" "twice" {
  role       = aws_iam_role.app.id
  policy_arn = aws_iam_policy.twice.id
}

resource "aws_iam_policy_attachment" "twice" {
  name       = "t"
  roles      = [aws_iam_role.app.name]
  policy_arn = aws_iam_policy.twice.arn
}

resource "aws_iam_policy_attachment" "list" {
  name       = "l"
  roles      = concat([aws_iam_role.app.name], [])
  users      = []
  policy_arn = aws_iam_policy.list.arn
}
