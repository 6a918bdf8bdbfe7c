resource "aws_iam_role" "app" {
  name               = "doc-depended"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "k" {
  description = "k"
}

data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.k.arn]
  }
}

resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.d.json
}

resource "null_resource" "n" {
  count      = data.aws_iam_policy_document.d.json != "" ? 1 : 0
  depends_on = [data.aws_iam_policy_document.d, aws_iam_role_policy.p]
}

output "json" {
  value = data.aws_iam_policy_document.d.json
}
