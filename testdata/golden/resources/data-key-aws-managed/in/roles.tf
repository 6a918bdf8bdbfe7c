data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["backup.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "restore" {
  name               = "restore"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}
