module "role" {
  source                  = "terraform-aws-modules/iam/aws//modules/iam-assumable-role"
  version                 = "5.30.0"
  create_role             = true
  role_name               = "x"
  custom_role_policy_arns = ["arn:aws:iam::111111111111:policy/t"]
}
