resource "aws_iam_group" "dev" {
  name = "dev"
}
