module "policy" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-policy"
  version = "5.30.0"
  name    = "reader"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "s3:GetObject"]
      Resource = aws_kms_key.data.arn
    }]
  })
}

data "aws_iam_policy" "reader" {
  name = "reader"
}

resource "aws_kms_key" "data" {
}

resource "aws_iam_role" "one" {
  name               = "one"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "two" {
  name               = "two"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy_attachment" "one" {
  role       = aws_iam_role.one.name
  policy_arn = module.policy.arn
}

resource "aws_iam_role_policy_attachment" "two" {
  role       = aws_iam_role.two.name
  policy_arn = data.aws_iam_policy.reader.arn
}
