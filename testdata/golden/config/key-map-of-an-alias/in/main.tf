resource "aws_kms_key" "k" {
  description = "data"
}

resource "aws_kms_alias" "k" {
  name          = "alias/data"
  target_key_id = aws_kms_key.k.key_id
}

resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "r" {
  role = aws_iam_role.r.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = "arn:aws:kms:eu-west-1:123456789012:alias/data" },
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:Sign"], Resource = aws_kms_alias.k.arn },
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:Verify"], Resource = "arn:aws:kms:eu-west-1:123456789012:key/1234/x" },
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:DescribeKey"], Resource = "arn:aws:kms:eu-west-1:123456789012:key/1234" }
    ]
  })
}
