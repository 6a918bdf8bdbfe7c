resource "aws_kms_key" "a" {}

resource "aws_kms_key" "b" {}

variable "apps" {
  type = map(any)
}

resource "aws_iam_role" "r" {
  for_each           = var.apps
  name               = each.key
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "p" {
  for_each = var.apps
  role     = aws_iam_role.r[each.key].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = try(each.value.key, "none")
    }]
  })
}

module "first" {
  source = "./reader"
  app    = var.apps["first"]
}

module "second" {
  source = "./reader"
  app    = var.apps["second"]
}
