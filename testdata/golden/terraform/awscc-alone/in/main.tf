terraform {
  required_providers {
    awscc = { source = "hashicorp/awscc" }
  }
}

provider "awscc" {
  region = "eu-west-1"
}

resource "awscc_kms_key" "k" {
  description = "has AWS's default policy"
}

resource "awscc_iam_role" "r" {
  role_name                   = "r"
  assume_role_policy_document = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "awscc_iam_role_policy" "r" {
  policy_name = "r"
  role_name   = awscc_iam_role.r.role_name
  policy_document = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:DescribeKey"], Resource = awscc_kms_key.k.arn }]
  })
}
