variable "policy_name" {
  type = string
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "data" {}

resource "aws_iam_policy" "team" {
  name = var.policy_name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "s3:*"], Resource = [aws_kms_key.data.arn, "arn:aws:s3:::b/*"] }]
  })
}

resource "aws_iam_role" "a" {
  name               = "a"
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy_attachment" "a" {
  role       = aws_iam_role.a.name
  policy_arn = aws_iam_policy.team.arn
}

resource "aws_iam_role" "b" {
  name                 = "b"
  assume_role_policy   = jsonencode({ Statement = [] })
  permissions_boundary = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:policy/${var.policy_name}"
}
