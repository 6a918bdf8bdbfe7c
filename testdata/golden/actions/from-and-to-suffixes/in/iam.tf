data "aws_iam_policy_document" "migrate" {
  statement {
    sid       = "ReadObjects"
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::example-incoming/*"]
  }

  statement {
    sid       = "MoveToNewKey"
    actions   = ["kms:*From", "kms:*To"]
    resources = [aws_kms_key.archive.arn]
  }
}

resource "aws_iam_role_policy" "migrate" {
  name   = "migrate"
  role   = aws_iam_role.migrate.id
  policy = data.aws_iam_policy_document.migrate.json
}
