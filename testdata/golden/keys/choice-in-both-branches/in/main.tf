variable "unknown" {
  type = bool
}

variable "strict" {
  type = bool
}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "a" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

resource "aws_kms_key" "data" {
  description = "data"
  policy      = var.unknown ? (var.strict ? data.aws_iam_policy_document.a.json : null) : (var.strict ? data.aws_iam_policy_document.a.json : null)
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      },
    ]
  })
}
