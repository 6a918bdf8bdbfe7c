data "terraform_remote_state" "shared" {
  backend = "local"

  config = { path = "../shared/terraform.tfstate" }
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy_attachment" "mapped" {
  role       = aws_iam_role.app.name
  policy_arn = data.terraform_remote_state.shared.outputs.policies.read
}

resource "aws_iam_role_policy_attachment" "whole" {
  role       = aws_iam_role.app.name
  policy_arn = data.terraform_remote_state.shared.outputs.policy.arn
}

resource "aws_iam_role_policy_attachment" "quoted" {
  role       = aws_iam_role.app.name
  policy_arn = data.terraform_remote_state.shared.outputs["listed"][0]
}
