resource "aws_iam_role" "r1" {
  name               = "r1"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "r2" {
  name               = "r2"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "r3" {
  name               = "r3"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "r4" {
  name               = "r4"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "r5" {
  name               = "r5"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "r6" {
  name               = "r6"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "again" {
  name               = "again"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "maybe" {
  name               = "maybe"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "exact" {
  name               = "exact"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "variable" {
  name               = "variable"
  assume_role_policy = "{}"
}

resource "aws_iam_policy" "many" {
  name = "many"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = "*"
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "r1" {
  role       = aws_iam_role.r1.name
  policy_arn = aws_iam_policy.many.arn
}

resource "aws_iam_role_policy_attachment" "r2" {
  role       = aws_iam_role.r2.name
  policy_arn = aws_iam_policy.many.arn
}

resource "aws_iam_role_policy_attachment" "r3" {
  role       = aws_iam_role.r3.name
  policy_arn = aws_iam_policy.many.arn
}

resource "aws_iam_role_policy_attachment" "r4" {
  role       = aws_iam_role.r4.name
  policy_arn = aws_iam_policy.many.arn
}

resource "aws_iam_role_policy_attachment" "r5" {
  role       = aws_iam_role.r5.name
  policy_arn = aws_iam_policy.many.arn
}

resource "aws_iam_role_policy_attachment" "r6" {
  role       = aws_iam_role.r6.name
  policy_arn = aws_iam_policy.many.arn
}

resource "aws_iam_role_policy" "again" {
  name = "again"
  role = aws_iam_role.again.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = "*"
      }
    ]
  })
}

resource "aws_iam_role_policy" "maybe" {
  name = "maybe"
  role = aws_iam_role.maybe.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "arn:aws:kms:eu-west-1:${var.account}:key/*"
      }
    ]
  })
}

resource "aws_iam_role_policy" "exact" {
  name = "exact"
  role = aws_iam_role.exact.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "variable" {
  name = "variable"
  role = aws_iam_role.variable.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "arn:aws:kms:eu-west-1:*:key/$${aws:PrincipalTag/key}"
      }
    ]
  })
}
