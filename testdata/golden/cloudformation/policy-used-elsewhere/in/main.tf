data "aws_iam_policy" "other" {
  name = "in-terraform"
}

resource "aws_iam_role" "other" {
  name               = "other"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy_attachment" "other" {
  role       = aws_iam_role.other.name
  policy_arn = data.aws_iam_policy.other.arn
}
