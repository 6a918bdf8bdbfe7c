variable "c" { type = string }
variable "acts" { default = ["kms:Decrypt"] }
variable "one" { default = "kms:Decrypt" }
resource "aws_kms_key" "k" {}
resource "aws_iam_role" "app" {
  assume_role_policy = "{}"
}
locals {
  acts = { a = ["kms:Decrypt", "sqs:Send"], b = ["kms:Decrypt", "sqs:Send"] }
  ones = { a = "kms:Decrypt", b = "s3:Get" }
}
resource "aws_iam_role_policy" "f" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = local.acts[var.c]
      Resource = aws_kms_key.k.arn
      }, {
      Effect   = "Allow"
      Action   = var.acts
      Resource = aws_kms_key.k.arn
      }, {
      Effect   = "Allow"
      Action   = [var.one]
      Resource = aws_kms_key.k.arn
      }, {
      Effect   = "Allow"
      Action   = local.ones[var.c]
      Resource = aws_kms_key.k.arn
      }, {
      Effect   = "Allow"
      Action   = concat(var.acts, ["s3:x"])
      Resource = aws_kms_key.k.arn
      }, {
      Effect   = "Allow"
      Action   = lookup(local.acts, var.c, [])
      Resource = aws_kms_key.k.arn
      }, {
      Effect   = "Allow"
      Action   = flatten([for k, v in local.acts : v if k == var.c])
      Resource = aws_kms_key.k.arn
      }, {
      Effect   = "Allow"
      Action   = sort(distinct(concat(local.acts["a"], var.acts)))
      Resource = aws_kms_key.k.arn
    }]
  })
}
data "aws_iam_policy_document" "d" {
  statement {
    actions   = var.acts
    resources = [aws_kms_key.k.arn]
  }
  statement {
    actions   = local.acts[var.c]
    resources = [aws_kms_key.k.arn]
  }
}
resource "aws_iam_role_policy" "d" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.d.json
}
