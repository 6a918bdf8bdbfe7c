data "aws_caller_identity" "current" {}

data "aws_kms_key" "ssm" {
  key_id = "alias/aws/ssm"
}

resource "aws_kms_key" "data" {}

resource "aws_iam_role" "reader" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

# As one writes the objects of a bucket: the first is the key, the second is nothing.
resource "aws_iam_role_policy" "beside" {
  role = aws_iam_role.reader.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = [aws_kms_key.data.arn, "${aws_kms_key.data.arn}/*"]
      }
    ]
  })
}

resource "aws_iam_role_policy" "alone" {
  role = aws_iam_role.reader.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "BelowOwn"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "${aws_kms_key.data.arn}/*"
      },
      {
        Sid      = "BelowManaged"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "${data.aws_kms_key.ssm.arn}/*"
      },
      {
        Sid      = "BelowComposed"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "arn:aws:kms:*:${data.aws_caller_identity.current.account_id}:key/${aws_kms_key.data.key_id}/*"
      },
      {
        Sid      = "BelowLiteral"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab/*"
      },
      {
        Sid      = "AliasAsKey"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "arn:aws:kms:eu-west-1:111122223333:key/aws/secretsmanager"
      }
    ]
  })
}

# What these may mean is not known.
resource "aws_iam_role_policy" "held" {
  role = aws_iam_role.reader.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "NoSlash"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "${aws_kms_key.data.arn}*"
      },
      {
        Sid      = "Tagged"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "arn:aws:kms:eu-west-1:111122223333:key/$${aws:PrincipalTag/key}"
      },
      {
        Sid      = "Given"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = "${var.key_arn}/*"
      }
    ]
  })
}

variable "key_arn" {}
