variable "more" {
  type    = list(string)
  default = []
}

data "aws_caller_identity" "current" {}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_kms_key" "plain" {}

data "aws_iam_policy_document" "use" {
  statement {
    sid       = "Use"
    actions   = ["kms:Decrypt", "kms:Encrypt"]
    resources = [aws_kms_key.plain.arn]
  }
}

# Replaces "Use", perhaps.
data "aws_iam_policy_document" "replaced" {
  override_policy_documents = concat([data.aws_iam_policy_document.use.json], var.more)
}

resource "aws_iam_role_policy" "replaced" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.replaced.json
}

data "aws_iam_policy_document" "last" {
  statement {
    sid       = "Use"
    actions   = ["kms:Decrypt", "kms:Encrypt"]
    resources = [aws_kms_key.plain.arn]
  }
}

# Comes after what is not known.
data "aws_iam_policy_document" "kept" {
  source_policy_documents   = var.more
  override_policy_documents = [data.aws_iam_policy_document.last.json]
}

resource "aws_iam_role_policy" "kept" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.kept.json
}

data "aws_iam_policy_document" "root" {
  statement {
    sid       = "Root"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

# The delegation may go.
data "aws_iam_policy_document" "sid" {
  source_policy_documents   = [data.aws_iam_policy_document.root.json]
  override_policy_documents = var.more
}

resource "aws_kms_key" "sid" {
  policy = data.aws_iam_policy_document.sid.json
}

# This one has no Sid, so it stays.
data "aws_iam_policy_document" "nosid" {
  override_policy_documents = var.more

  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

resource "aws_kms_key" "nosid" {
  policy = data.aws_iam_policy_document.nosid.json
}

resource "aws_iam_role_policy" "keys" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.sid.arn },
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.nosid.arn },
    ]
  })
}
