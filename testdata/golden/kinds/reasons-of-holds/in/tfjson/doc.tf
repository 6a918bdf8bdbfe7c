data "aws_iam_policy_document" "p" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.k.arn]
  }
}
