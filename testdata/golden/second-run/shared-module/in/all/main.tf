resource "aws_iam_role" "first" {
  name               = "first"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "second" {
  name               = "second"
  assume_role_policy = "{}"
}

module "given" {
  source = "../modules/kms"

  kms_decrypt_principal_arns = [aws_iam_role.first.arn]
}

module "logs" {
  source = "../modules/kms"
}

resource "aws_iam_role_policy" "second" {
  role = aws_iam_role.second.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = [module.given.arn, module.logs.arn]
    }]
  })
}
