resource "aws_iam_role_policy" "worker" {
  role   = aws_iam_role.worker.id
  policy = data.aws_iam_policy_document.worker.json
}

data "aws_iam_policy_document" "worker" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = [var.key]
  }
}

resource "aws_iam_role" "worker" {
  name               = "worker"
  assume_role_policy = file("trust.json")
}
