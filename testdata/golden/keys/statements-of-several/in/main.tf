locals {
  admins = [
    {
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "kms:*"
      Resource  = "*"
    },
  ]
  again = local.admins
}

# The policies of two keys, one of them with a finding.
resource "aws_kms_key" "one" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = local.admins
  })
}

resource "aws_kms_key" "two" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = local.again
  })
}

# What else has them is no policy of a key.
locals {
  lone = [
    {
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "kms:*"
      Resource  = "*"
    },
  ]
}

resource "aws_kms_key" "three" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = local.lone
  })
}

output "lone" {
  value = local.lone
}

# A local of one key alone gets the statement itself.
locals {
  own = [
    {
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "kms:*"
      Resource  = "*"
    },
  ]
}

resource "aws_kms_key" "four" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = local.own
  })
}

# A whole document cannot have another one beside it.
locals {
  whole = {
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  }
}

resource "aws_kms_key" "five" {
  policy = jsonencode(merge(local.whole, { Id = "five" }))
}

resource "aws_s3_bucket_policy" "five" {
  bucket = "five"
  policy = jsonencode(local.whole)
}

resource "aws_iam_role" "reader" {
  name               = "reader"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "reader" {
  role = aws_iam_role.reader.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.one.arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.three.arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.four.arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.five.arn
      },
    ]
  })
}
