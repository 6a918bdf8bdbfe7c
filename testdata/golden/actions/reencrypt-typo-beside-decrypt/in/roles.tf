data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "ssogen" {
  name               = "ssogen"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}
