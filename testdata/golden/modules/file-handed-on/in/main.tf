data "aws_caller_identity" "current" {}

resource "aws_kms_key" "k" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}
resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}


module "unknown" {
  source = "git::https://example.com/team/policy.git"
  policy = file("p.json")
}

module "resource_policy" {
  source        = "git::https://example.com/team/bucket.git"
  bucket_policy = file("b.json")
}

module "none" {
  source = "git::https://example.com/team/none.git"
  text   = file("none.json")
}

module "template" {
  source = "git::https://example.com/team/policy.git"
  policy = templatefile("t.json", { key = aws_kms_key.k.arn })
}
