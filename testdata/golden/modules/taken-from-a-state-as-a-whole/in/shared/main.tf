resource "aws_kms_key" "data" {}

resource "aws_iam_role" "here" {
  name               = "here"
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_policy" "mapped" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_iam_role_policy_attachment" "here" {
  role       = aws_iam_role.here.name
  policy_arn = aws_iam_policy.mapped.arn
}

output "policy_arn" {
  value = aws_iam_policy.mapped.arn
}
