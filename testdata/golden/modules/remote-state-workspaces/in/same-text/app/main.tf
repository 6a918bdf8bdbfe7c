data "terraform_remote_state" "keys" {
  backend   = "s3"
  workspace = terraform.workspace
  config = {
    key = "same-text"
  }
}

resource "aws_iam_role" "app" {
  name               = "five-${terraform.workspace}"
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
