data "aws_iam_policy_document" "app" {
  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.data.arn]
  }
}

module "policy" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-policy"
  version = "5.59.0"

  name   = "app"
  policy = data.aws_iam_policy_document.app.json
}

module "role" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-eks-role"
  version = "5.59.0"

  role_name = "app"
  role_policy_arns = {
    app = module.policy.arn
  }
}
