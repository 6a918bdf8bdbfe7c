variable "policy" {
  type = string
}

variable "key" {
  type = string
}

resource "aws_iam_role" "lambda" {
  name               = "lambda"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "lambda" {
  role = aws_iam_role.lambda.name
  policy = templatefile("${path.module}/${var.policy}.json.tpl", {
    key = var.key
  })
}
