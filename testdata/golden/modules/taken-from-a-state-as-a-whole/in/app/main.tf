data "terraform_remote_state" "shared" {
  backend = "local"

  config = { path = "../shared/terraform.tfstate" }
}

locals {
  shared = data.terraform_remote_state.shared.outputs
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy_attachment" "app" {
  role       = aws_iam_role.app.name
  policy_arn = local.shared.policy_arn
}
