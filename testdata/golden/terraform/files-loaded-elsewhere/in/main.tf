resource "aws_kms_key" "data" {}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

# Through a local.
resource "aws_iam_role_policy" "local" {
  role   = aws_iam_role.app.id
  policy = templatefile("${path.module}/local.json", { key = aws_kms_key.data.arn })
}

locals {
  texts = {
    limits = file("${path.module}/local.json")
    other  = file("${path.module}/alone.json")
  }
}

resource "aws_organizations_policy" "limits" {
  name    = "limits"
  content = local.texts.limits
}

# In another encoding.
resource "aws_iam_role_policy" "encoded" {
  role   = aws_iam_role.app.id
  policy = templatefile("${path.module}/encoded.json", { key = aws_kms_key.data.arn })
}

resource "aws_ssm_parameter" "encoded" {
  name  = "encoded"
  type  = "String"
  value = filebase64("${path.module}/encoded.json")
}

# Through a module.
resource "aws_iam_role_policy" "module" {
  role   = aws_iam_role.app.id
  policy = templatefile("${path.module}/module.json", { key = aws_kms_key.data.arn })
}

module "m" {
  source = "./m"
  text   = file("${path.module}/module.json")
}

# Only its hash is taken, and another text of the local.
resource "aws_iam_role_policy" "alone" {
  role   = aws_iam_role.app.id
  policy = templatefile("${path.module}/alone.json", { key = aws_kms_key.data.arn })
}

resource "aws_ssm_parameter" "hash" {
  name  = "hash"
  type  = "String"
  value = filesha256("${path.module}/alone.json")
}

# By a module that cannot be looked into.
resource "aws_iam_role_policy" "opaque" {
  role   = aws_iam_role.app.id
  policy = templatefile("${path.module}/opaque.json", { key = aws_kms_key.data.arn })
}

module "opaque" {
  source = "acme/text/local"
  text   = file("${path.module}/opaque.json")
}
