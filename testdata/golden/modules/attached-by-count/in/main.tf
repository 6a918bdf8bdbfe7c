variable "env" {
  type = string
}

resource "aws_kms_key" "k" {
}

resource "aws_iam_policy" "a" {
  name = "a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.k.arn
    }]
  })
}

resource "aws_iam_policy" "b" {
  name = "b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = "*"
    }]
  })
}

module "m" {
  source   = "./m"
  policies = concat([aws_iam_policy.b.arn], var.env == "prod" ? [aws_iam_policy.c.arn] : [], [aws_iam_policy.a.arn, aws_iam_policy.emptied.arn, data.terraform_remote_state.x.outputs.policy_arn])
}

resource "aws_iam_policy" "c" {
  name = "c"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:ReEncrypt*", "kms:Encrypt"]
      Resource = aws_kms_key.k.arn
    }]
  })
}

data "terraform_remote_state" "x" {
  backend = "s3"
}

resource "aws_iam_policy" "emptied" {
  name = "emptied"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt"]
      Resource = aws_kms_key.k.arn
    }]
  })
}

variable "arns" {
  type = list(string)
}

# What else the list has is not known, so that nor is who has what.
module "open" {
  source   = "./m"
  policies = concat(var.arns, [aws_iam_policy.handed.arn])
}

module "none" {
  source   = "./m"
  policies = var.arns
}

resource "aws_iam_policy" "handed" {
  name = "handed"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.k.arn
    }]
  })
}
