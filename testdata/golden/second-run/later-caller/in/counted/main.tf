resource "aws_iam_role" "first" {
  name               = "first"
  assume_role_policy = "{}"
}

module "given" {
  source  = "../modules/counted"
  readers = [aws_iam_role.first.arn]
}

module "later" {
  source = "../modules/counted"
}

resource "aws_iam_role" "later" {
  name               = "later"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "later" {
  role = aws_iam_role.later.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = module.later.arn
    }]
  })
}
