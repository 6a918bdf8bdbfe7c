provider "aws" {
  region = "eu-west-1"
}

provider "awscc" {
  region = "eu-west-1"
  assume_role = {
    role_arn = "arn:aws:iam::222222222222:role/deploy"
  }
}

provider "awscc" {
  alias  = "x"
  region = "eu-west-1"
  assume_role = {
    role_arn = "arn:aws:iam::333333333333:role/deploy"
  }
}

resource "awscc_kms_key" "k" {
  description = "a data source of the provider aws would ask in another account"
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

resource "awscc_kms_key" "x" {
  provider    = awscc.x
  description = "the same"
}

resource "awscc_iam_role" "x" {
  provider                    = awscc.x
  role_name                   = "x"
  assume_role_policy_document = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "awscc_iam_role_policy" "x" {
  provider    = awscc.x
  policy_name = "x"
  role_name   = awscc_iam_role.x.role_name
  policy_document = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:DescribeKey"], Resource = awscc_kms_key.x.arn }]
  })
}

resource "aws_iam_role" "other" {
  name               = "other"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_role_policy" "other" {
  role = aws_iam_role.other.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:DescribeKey"], Resource = awscc_kms_key.k.arn }]
  })
}
