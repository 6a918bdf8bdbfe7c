data "aws_iam_policy_document" "ingest" {
  statement {
    effect = "Allow"

    actions = [
      "s3:GetObject",
      "s3:ListBucket",
      "kms:Decrypt",
    ]

    resources = [
      "arn:aws:s3:::example-landing",
      "arn:aws:s3:::example-landing/*",
      aws_kms_key.landing.arn,
    ]
  }
}

resource "aws_iam_policy" "ingest" {
  name   = "ingest"
  policy = data.aws_iam_policy_document.ingest.json
}

resource "aws_iam_role_policy_attachment" "ingest" {
  role       = aws_iam_role.ingest.name
  policy_arn = aws_iam_policy.ingest.arn
}
