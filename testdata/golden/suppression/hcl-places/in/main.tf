resource "aws_kms_key" "data" {
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "app" {
  statement { # kmsfix:ignore opens the statement
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.data.arn]
  }
  statement {
    actions   = ["kms:ReEncryptFrom"] # kmsfix:ignore in the statement
    resources = [aws_kms_key.data.arn]
  }
  statement {
    actions   = ["kms:ReEncryptTo"]
    resources = [aws_kms_key.data.arn]
    # kmsfix:ignore last line of the statement
  }

  # kmsfix:ignore stands alone, so it is about all of the document

  statement {
    actions   = ["kms:Decrypt", "kms:Encrypt"]
    resources = [aws_kms_key.data.arn]
  }
}

# kmsfix:ignore nothing here
variable "x" {
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.app.json
}

resource "aws_iam_role_policy" "line" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ # kmsfix:ignore opens the first statement
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.data.arn
      # kmsfix:ignore twice is once
    }, {
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_role_policy" "oneline" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.data.arn }, # kmsfix:ignore all of the line
      { Effect = "Allow", Action = "s3:GetObject", Resource = "*" },
    ]
  })
}

resource "aws_iam_role_policy" "text" {
  role = aws_iam_role.app.id
  # kmsfix:ignore JSON has no comments of its own
  policy = <<-EOF
  {
    "Version": "2012-10-17",
    "Statement": [
      {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "${aws_kms_key.data.arn}"}
    ]
  }
  EOF
}
