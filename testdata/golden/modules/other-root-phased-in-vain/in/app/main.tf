data "aws_kms_alias" "data" {
  name = "alias/data"
}

variable "more" {
  type = bool
}

variable "team" {
  type = string
}

resource "aws_iam_role" "nameless" {
  name_prefix        = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "optional" {
  count              = var.more ? 1 : 0
  name               = "optional"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "other" {
  name               = "${var.team}-app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "nameless" {
  role   = aws_iam_role.nameless.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = data.aws_kms_alias.data.target_key_arn }] })
}

resource "aws_iam_role_policy" "optional" {
  count  = var.more ? 1 : 0
  role   = aws_iam_role.optional[0].name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = data.aws_kms_alias.data.target_key_arn }] })
}

resource "aws_iam_role_policy" "other" {
  role   = aws_iam_role.other.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = data.aws_kms_alias.data.target_key_arn }] })
}
