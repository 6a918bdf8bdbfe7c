resource "aws_iam_role" "sometimes" {
  count = var.is_production || var.is_test ? 1 : 0

  name               = "sometimes"
  assume_role_policy = "{}"
}

variable "is_production" {
  type = bool
}

variable "is_test" {
  type = bool
}

module "fn" {
  count  = var.is_production ? 1 : 0
  source = "./fn"

  role_name = aws_iam_role.sometimes[0].name
  role_arn  = aws_iam_role.sometimes[0].arn
}

module "always" {
  source = "./fn"

  role_name = aws_iam_role.app.name
  role_arn  = aws_iam_role.app.arn
}

module "perhaps" {
  count  = var.is_production ? 1 : 0
  source = "./perhaps"

  role_name = aws_iam_role.sometimes[0].name
  role_arn  = try(aws_iam_role.sometimes[0].arn, "")
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}
