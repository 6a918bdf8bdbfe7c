resource "aws_iam_role" "app" {
  name               = "doc-parts"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "k" {
  description = "k"
}

variable "x" {}

data "aws_iam_policy_document" "version" {
  version = var.x

  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.k.arn]
  }
}

data "aws_iam_policy_document" "old" {
  version = "2008-10-17"

  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.k.arn]
  }
}

data "aws_iam_policy_document" "effect" {
  statement {
    effect    = var.x
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.k.arn]
  }
}

data "aws_iam_policy_document" "deny" {
  statement {
    effect    = "Deny"
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.k.arn]
  }
}

data "aws_iam_policy_document" "allow" {
  statement {
    effect    = "Allow"
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.k.arn]
  }
}

data "aws_iam_policy_document" "sid" {
  statement {
    sid       = var.x
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.k.arn]
  }
}

data "aws_iam_policy_document" "open" {
  override_policy_documents = var.x

  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.k.arn]
  }
}

data "aws_iam_policy_document" "null" {
  source_policy_documents = null

  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.k.arn]
  }
}

resource "aws_iam_role_policy" "version" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.version.json
}

resource "aws_iam_role_policy" "old" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.old.json
}

resource "aws_iam_role_policy" "effect" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.effect.json
}

resource "aws_iam_role_policy" "deny" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.deny.json
}

resource "aws_iam_role_policy" "allow" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.allow.json
}

resource "aws_iam_role_policy" "sid" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.sid.json
}

resource "aws_iam_role_policy" "open" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.open.json
}

resource "aws_iam_role_policy" "null" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.null.json
}

