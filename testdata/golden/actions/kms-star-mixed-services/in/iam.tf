data "aws_iam_policy_document" "pipeline" {
  statement {
    sid     = "Everything"
    actions = ["s3:*", "kms:*"]

    resources = [
      "arn:aws:s3:::example-artifacts",
      "arn:aws:s3:::example-artifacts/*",
      aws_kms_key.artifacts.arn,
    ]
  }
}

resource "aws_iam_role_policy" "pipeline" {
  name   = "pipeline"
  role   = aws_iam_role.pipeline.id
  policy = data.aws_iam_policy_document.pipeline.json
}
