module "child" {
  source = "./child"
}

resource "aws_iam_role_policy_attachment" "x" {
  role       = "x"
  policy_arn = module.child.arn
}
