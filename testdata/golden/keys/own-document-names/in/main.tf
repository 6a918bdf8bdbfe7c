data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "shared" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

resource "aws_kms_key" "x" {
  policy = data.aws_iam_policy_document.shared.json
}

resource "aws_kms_external_key" "x" {
  policy = data.aws_iam_policy_document.shared.json
}

resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "q" {
  name               = "q"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "p" {
  role = aws_iam_role.r.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.x.arn }]
  })
}

resource "aws_iam_role_policy" "q" {
  role = aws_iam_role.q.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_external_key.x.arn }]
  })
}
