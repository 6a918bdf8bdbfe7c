resource "aws_kms_key" "k" {
  description = "k"
}

resource "aws_iam_policy" "p" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt"], Resource = "arn:aws:kms:eu-west-1:111122223333:alias/x" }]
  })
}

resource "aws_iam_role" "r" {
  name                = "r"
  assume_role_policy  = "{}"
  managed_policy_arns = [aws_iam_policy.p.arn]
  lifecycle {
    ignore_changes = [managed_policy_arns]
  }
}
