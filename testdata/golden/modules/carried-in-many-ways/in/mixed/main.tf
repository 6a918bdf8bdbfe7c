resource "aws_iam_role" "a" {
  name               = "mixed-a"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "b" {
  name               = "mixed-b"
  assume_role_policy = "{}"
}

variable "on" {
  type = bool
}

resource "aws_iam_role" "c" {
  count = var.on ? 1 : 0
  name               = "mixed-c"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "c" {
  count = var.on ? 1 : 0
  role = aws_iam_role.c[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.key.arn
    }]
  })
}

resource "aws_iam_role_policy" "a" {
  role = aws_iam_role.a.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = module.key.arn
    }]
  })
}

module "key" {
  source  = "./key"
  readers = [aws_iam_role.a.arn, aws_iam_role.b.arn]
}
