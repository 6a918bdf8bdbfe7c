resource "aws_kms_key" "a" {}
resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}
resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.name
  policy = data.aws_iam_policy_document.d.json
}
data "aws_iam_policy_document" "d" {
  depends_on = [data.aws_iam_policy_document.d]
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.a.arn]
  }
}
