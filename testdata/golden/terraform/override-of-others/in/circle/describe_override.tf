resource "aws_iam_policy" "limit" {
  description = "the most that they may do"
}
