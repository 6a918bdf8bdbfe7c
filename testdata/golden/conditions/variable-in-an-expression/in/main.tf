variable "stage" {
  type = string
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = file("trust.json")
}

resource "aws_kms_key" "data" {}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.app.json
}

data "aws_iam_policy_document" "app" {
  statement {
    actions   = ["kms:Decrypt", "kms:Encrypt"]
    resources = [aws_kms_key.data.arn]
    condition {
      test     = "StringEquals"
      variable = "kms:EncryptionContext:user"
      values   = [lookup({ prod = "&{aws:PrincipalTag/user}" }, var.stage, "test")]
    }
  }

  statement {
    actions   = ["kms:ReEncryptFrom", "kms:Encrypt"]
    resources = [aws_kms_key.data.arn]
    condition {
      test     = "StringEquals"
      variable = "kms:EncryptionContext:user"
      values   = ["&{aws:PrincipalTag/user}"]
    }
  }
}
