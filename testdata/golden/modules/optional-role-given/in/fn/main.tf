data "aws_caller_identity" "current" {}

variable "role_name" {
  type = string
}

variable "role_arn" {
  type = string
}

resource "aws_kms_key" "env" {
  description = "environment of a function"

  policy = <<EOF
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {
        "AWS": "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"
      },
      "Action": "kms:*",
      "Resource": "*"
    }
  ]
}
EOF
}

resource "aws_iam_policy" "env" {
  policy = data.aws_iam_policy_document.env.json
}

data "aws_iam_policy_document" "env" {
  statement {
    actions   = ["kms:Decrypt", "kms:Encrypt"]
    resources = [aws_kms_key.env.arn]
  }
}

resource "aws_iam_role_policy_attachment" "env" {
  role       = var.role_name
  policy_arn = aws_iam_policy.env.arn
}
