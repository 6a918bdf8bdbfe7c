variable "production" {
  type = bool
}

variable "test" {
  type = bool
}

resource "aws_iam_role" "sometimes" {
  count = var.production || var.test ? 1 : 0

  name               = "sometimes"
  assume_role_policy = "{}"
}

module "perhaps" {
  count  = var.production ? 1 : 0
  source = "./perhaps"

  role_name = aws_iam_role.sometimes[0].name
  role_arn  = try(aws_iam_role.sometimes[0].arn, "")
}
