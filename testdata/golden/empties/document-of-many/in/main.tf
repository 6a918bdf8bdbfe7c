resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "k" {
  description = "k"
}

data "aws_iam_policy_document" "d" {
  for_each = toset(["a", "b"])
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.k.arn]
  }
}

resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.d["a"].json
}

data "aws_iam_policy_document" "both" {
  for_each = toset(["a", "b"])
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.k.arn]
  }
}

resource "aws_iam_role_policy" "both" {
  for_each = toset(["a", "b"])
  role     = aws_iam_role.app.id
  policy   = data.aws_iam_policy_document.both[each.key].json
}

data "aws_iam_policy_document" "elsewhere" {
  for_each = toset(["a", "b"])
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.k.arn]
  }
}

resource "aws_iam_role_policy" "elsewhere" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.elsewhere["a"].json
}

output "elsewhere" {
  value = data.aws_iam_policy_document.elsewhere["b"].json
}
