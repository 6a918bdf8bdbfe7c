variable "stage" {
  type = string
}

resource "aws_iam_role_policy" "more" {
  name = "more"
  role = aws_iam_role.app.id

  policy = jsonencode({
    Version = "2008-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = aws_kms_key.data.arn
        Condition = { StringEquals = { "aws:PrincipalTag/team" = lookup({ prod = "$${aws:PrincipalTag/team}" }, var.stage, "all") } }
      }
    ]
  })
}
