# kmsfix:ignore owned by another team

resource "aws_iam_role_policy" "crlf_above" {
  name   = "crlf_above"
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.data.arn }] })
}

	# kmsfix:ignore owned by another team
resource "aws_iam_role_policy" "crlf_tab" {
  name   = "crlf_tab"
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.data.arn }] })
}

resource "aws_iam_role_policy" "crlf_inside" {
	#	kmsfix:ignore	owned by another team
	
  name   = "crlf_inside"
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.data.arn }] })
}

resource "aws_iam_role_policy" "crlf_behind" {
  name   = "crlf_behind"
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.data.arn }] }) # kmsfix:ignore owned by another team
}

# kmsfix:ignore owned by another team
# for long
resource "aws_iam_role_policy" "crlf_several" {
  name   = "crlf_several"
  role   = aws_iam_role.app.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.data.arn }] })
}
