provider "aws" {
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::111122223333:role/tf-app"
  }
}

data "terraform_remote_state" "keys" {
  backend = "s3"
  config = {
    key = "role-same"
  }
}

resource "aws_iam_role" "app" {
  name               = "state-role-same"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = data.terraform_remote_state.keys.outputs.key_arn
    }]
  })
}
