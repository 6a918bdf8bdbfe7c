data "terraform_remote_state" "kms" {
  backend = "s3"
  config = {
    bucket = "prod-states"
    key    = "kms/terraform.tfstate"
    region = "eu-west-1"
  }
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  name = "app"
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = data.terraform_remote_state.kms.outputs.key_arn
      }
    ]
  })
}

variable "bucket" {
  type = string
}

data "terraform_remote_state" "either" {
  backend = "s3"
  config = {
    bucket = var.bucket
    key    = "kms/terraform.tfstate"
    region = "eu-west-1"
  }
}

resource "aws_iam_role_policy" "either" {
  name = "either"
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = data.terraform_remote_state.either.outputs.key_arn
      }
    ]
  })
}
