data "terraform_remote_state" "keys" {
  backend = "local"
  config = {
    path = "../keys/terraform.tfstate"
  }
}

variable "name" {
  type = string
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "p1" {
  name = "p1"
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = data.terraform_remote_state.keys.outputs.by_name["data"].arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "p2" {
  name = "p2"
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = data.terraform_remote_state.keys.outputs.by_name.data["arn"]
      }
    ]
  })
}

resource "aws_iam_role_policy" "p3" {
  name = "p3"
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = data.terraform_remote_state.keys.outputs.list[0]
      }
    ]
  })
}

resource "aws_iam_role_policy" "p4" {
  name = "p4"
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = data.terraform_remote_state.keys.outputs.keys["data"].arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "p5" {
  name = "p5"
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = data.terraform_remote_state.keys.outputs.list[1]
      }
    ]
  })
}

resource "aws_iam_role_policy" "p6" {
  name = "p6"
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = data.terraform_remote_state.keys.outputs.by_name[var.name].arn
      }
    ]
  })
}
