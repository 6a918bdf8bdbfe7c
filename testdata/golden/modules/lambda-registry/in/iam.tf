module "function" {
  source  = "terraform-aws-modules/lambda/aws"
  version = "~> 7.0"

  function_name            = "app"
  attach_policy_statements = true
  policy_statements = {
    kms = {
      effect    = "Allow"
      actions   = ["kms:Decrypt"]
      resources = [aws_kms_key.data.arn]
    }
    s3 = {
      effect    = "Allow"
      actions   = ["s3:GetObject"]
      resources = ["arn:aws:s3:::data/*"]
    }
  }
}
