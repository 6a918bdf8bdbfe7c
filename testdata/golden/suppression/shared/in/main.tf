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

locals {
  actions = ["kms:Decrypt", "kms:ReEncryptFrom"]
}

resource "aws_iam_role_policy" "one" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      # kmsfix:ignore the tape robot
      { Effect = "Allow", Action = local.actions, Resource = aws_kms_key.data.arn },
    ]
  })
}

resource "aws_iam_role_policy" "two" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = local.actions, Resource = aws_kms_key.data.arn },
    ]
  })
}

locals {
  covered = ["kms:Decrypt"] # kmsfix:ignore everybody who reads this list
}

resource "aws_iam_role_policy" "three" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = local.covered, Resource = aws_kms_key.data.arn },
    ]
  })
}
