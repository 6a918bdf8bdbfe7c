resource "aws_iam_role" "first" {
  name               = "first"
  assume_role_policy = "{}"
}

module "one" {
  source    = "./kms"
  first_arn = aws_iam_role.first.arn
}

module "two" {
  source    = "./kms"
  first_arn = aws_iam_role.first.arn
}
