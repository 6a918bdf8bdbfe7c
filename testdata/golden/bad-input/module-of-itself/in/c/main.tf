module "again" {
  source = ".."
}

module "self" {
  source = "../b"
}

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_iam_role" "app" {
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.data.arn }] })
}
