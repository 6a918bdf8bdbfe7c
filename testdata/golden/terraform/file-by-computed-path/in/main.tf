data "aws_caller_identity" "current" {}

resource "aws_kms_key" "k" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "other" {
  name               = "other"
  assume_role_policy = templatefile("${path.module}/f/${var.name}.json", { key = "x" })
}

variable "name" {
  type = string
}

resource "aws_iam_role_policy" "shared" {
  role   = aws_iam_role.app.name
  policy = templatefile("${path.module}/f/shared.json", { key = aws_kms_key.k.arn })
}

# Each file that is there.
locals {
  files = fileset("${path.module}/f", "*.json")
}

resource "aws_iam_role_policy" "each" {
  for_each = local.files
  role     = aws_iam_role.other.name
  policy   = templatefile("${path.module}/f/${each.value}", { key = aws_kms_key.k.arn })
}

# All instances are known.
resource "aws_iam_role_policy" "known" {
  for_each = toset(["a"])
  role     = aws_iam_role.app.name
  policy   = templatefile("${path.module}/known/${each.value}.json", { key = aws_kms_key.k.arn })
}

# Files of another name.
resource "aws_ssm_parameter" "script" {
  name  = "script"
  type  = "String"
  value = file("${path.module}/known/${var.name}.sh")
}

module "m" {
  source = "./m"
  key    = aws_kms_key.k.arn
  role   = aws_iam_role.app.name
  name   = var.name
}
