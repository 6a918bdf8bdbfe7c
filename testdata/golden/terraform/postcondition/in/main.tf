data "aws_caller_identity" "current" {}

resource "aws_iam_role" "a" {
  name               = "a"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "k" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }, Action = "kms:*", Resource = "*" }]
  })
}

resource "aws_iam_role_policy" "p" {
  name = "kms"
  role = aws_iam_role.a.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.k.arn }]
  })
  lifecycle {
    postcondition {
      condition     = strcontains(self.policy, "kms:Decrypt")
      error_message = "must decrypt"
    }
  }
}
