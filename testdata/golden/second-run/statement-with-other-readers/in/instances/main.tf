variable "stage" {
  type = string
}

module "one" {
  source = "./m"
  reader = aws_iam_role.later.arn
  stage  = "some"
}

module "two" {
  source = "./m"
  reader = aws_iam_role.later.arn
  stage  = var.stage
}

resource "aws_iam_role" "later" {
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "later" {
  role = aws_iam_role.later.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = module.one.arn
    }]
  })
}
