provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

provider "aws" {
  alias  = "other"
  region = "us-east-1"

  assume_role {
    role_arn = "arn:aws:iam::999999999999:role/deploy"
  }
}

resource "aws_kms_key" "data" {}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "west" {
  provider = aws.west
  name     = "west"
  role     = aws_iam_role.app.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

# Of the role "app" of the other account.
resource "aws_iam_role_policy" "other" {
  provider = aws.other
  name     = "other"
  role     = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_iam_policy" "attached" {
  provider = aws.other
  name     = "attached"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn }]
  })
}

resource "aws_iam_role_policy_attachment" "attached" {
  provider   = aws.other
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.attached.arn
}

module "grants" {
  source    = "./grants"
  providers = { aws = aws.other }
  role      = aws_iam_role.app.name
  key_arn   = aws_kms_key.data.arn
}
