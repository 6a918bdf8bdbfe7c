provider "aws" {
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::111122223333:role/tf"
  }
}

data "aws_kms_alias" "data" {
  name = "alias/role"
}

resource "aws_iam_role" "app" {
  name               = "role"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = data.aws_kms_alias.data.target_key_arn
    }]
  })
}
