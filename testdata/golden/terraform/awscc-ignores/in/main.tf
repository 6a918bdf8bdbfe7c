resource "aws_kms_key" "k" {
  policy = jsonencode({Version = "2012-10-17", Statement=[{Effect="Allow",Principal={AWS="arn:aws:iam::123456789012:root"},Action="kms:*",Resource="*"}]})
}
resource "awscc_iam_role" "list" {
  role_name = "list"
  assume_role_policy_document = jsonencode({ Version = "2012-10-17", Statement = [] })
  policies = [{ policy_name = "x", policy_document = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["kms:Decrypt"], Resource = aws_kms_key.k.arn }] }) }]
  lifecycle { ignore_changes = [policies] }
}
resource "awscc_iam_role" "element" {
  role_name = "element"
  assume_role_policy_document = jsonencode({ Version = "2012-10-17", Statement = [] })
  policies = [{ policy_name = "x", policy_document = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["kms:Decrypt"], Resource = aws_kms_key.k.arn }] }) }]
  lifecycle { ignore_changes = [policies[0].policy_document, description] }
}
resource "awscc_iam_role" "other" {
  role_name = "other"
  assume_role_policy_document = jsonencode({ Version = "2012-10-17", Statement = [] })
  policies = [{ policy_name = "x", policy_document = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["kms:Decrypt"], Resource = aws_kms_key.k.arn }] }) }]
  lifecycle { ignore_changes = [tags.policies] }
}
