variable "athena" {
  type = bool
}

variable "lambda_role_arn" {
  type    = string
  default = null
}

module "key" {
  source  = "terraform-aws-modules/kms/aws"
  version = "3.0.0"

  description = "assertions"

  key_statements = var.lambda_role_arn != null ? [
    {
      sid       = "CrossAccountLambda"
      actions   = ["kms:GenerateDataKey"]
      resources = ["*"]

      principals = [
        {
          type        = "AWS"
          identifiers = [var.lambda_role_arn]
        }
      ]
    }
  ] : []
}

resource "aws_iam_role" "glue" {
  count              = var.athena ? 1 : 0
  name               = "glue"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "glue" {
  count = var.athena ? 1 : 0
  role  = aws_iam_role.glue[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = module.key.key_arn
      }
    ]
  })
}
