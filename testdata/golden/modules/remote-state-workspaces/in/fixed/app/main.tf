data "terraform_remote_state" "keys" {
  backend   = "s3"
  workspace = "shared"
  config = {
    key = "fixed"
  }
}

resource "aws_iam_role" "app" {
  name               = "one"
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
