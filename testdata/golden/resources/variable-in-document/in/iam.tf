data "aws_iam_policy_document" "tenant" {
  statement {
    sid       = "UseKey"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = ["arn:aws:kms:eu-west-1:111122223333:key/&{aws:PrincipalTag/kmskey}"]
  }
}

resource "aws_iam_role_policy" "tenant" {
  name   = "tenant"
  role   = aws_iam_role.tenant.id
  policy = data.aws_iam_policy_document.tenant.json
}
