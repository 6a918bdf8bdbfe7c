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

resource "aws_iam_policy" "whole" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_iam_policy" "quoted" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.data.arn }]
  })
}

# Nobody takes this one.
resource "aws_iam_policy" "unused" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_iam_role_policy_attachment" "here" {
  for_each   = { m = aws_iam_policy.mapped.arn, w = aws_iam_policy.whole.arn, q = aws_iam_policy.quoted.arn, u = aws_iam_policy.unused.arn }
  role       = aws_iam_role.here.name
  policy_arn = each.value
}

output "policies" {
  value = { read = aws_iam_policy.mapped.arn }
}

output "policy" {
  value = aws_iam_policy.whole
}

output "listed" {
  value = [aws_iam_policy.quoted.arn]
}

output "unused" {
  value = aws_iam_policy.unused.arn
}
