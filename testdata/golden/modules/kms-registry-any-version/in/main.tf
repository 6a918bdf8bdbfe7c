module "kms" {
  source  = "terraform-aws-modules/kms/aws"

  key_statements = [
    {
      sid       = "Logs"
      actions   = ["kms:Encrypt*"]
      resources = ["*"]

      principals = [
        {
          type        = "Service"
          identifiers = ["logs.eu-west-1.amazonaws.com"]
        }
      ]
    }
  ]
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}
