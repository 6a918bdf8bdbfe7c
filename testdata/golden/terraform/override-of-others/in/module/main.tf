resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "other" {
  name               = "other"
  assume_role_policy = "{}"
}

module "access" {
  source  = "./child"
  role    = aws_iam_role.app.name
  key_arn = aws_kms_key.data.arn
}
