resource "aws_kms_key" "k" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Enable"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_iam_role" "r" {
  name = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

variable "stage" {
  type = string
}

locals {
  files = {
    live  = "live.json"
    trial = "trial.json"
  }
}

resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.name
  policy = file("${path.module}/${local.files[var.stage]}")
}

resource "aws_organizations_policy" "all" {
  name    = "all"
  content = file("${path.module}/all.json")
}
