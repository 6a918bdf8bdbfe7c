variable "policies" {
  type = list(string)
}

resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy_attachment" "p" {
  count      = length(var.policies)
  role       = aws_iam_role.r.name
  policy_arn = element(var.policies, count.index)
}

resource "aws_iam_role" "other" {
  name               = "other"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy_attachment" "other" {
  count      = length(var.policies)
  role       = aws_iam_role.other.name
  policy_arn = var.policies[count.index]
}
