resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_s3_bucket" "data" {
  bucket_prefix = aws_kms_key.data.key_id
}

resource "aws_iam_role" "copier" {
  name               = "copier"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "copier" {
  role = aws_iam_role.copier.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.data.arn
        Condition = {
          StringLike = { "kms:EncryptionContext:aws:s3:arn" = "${aws_s3_bucket.data.arn}/*" }
        }
      }
    ]
  })
}

resource "aws_iam_role" "reader" {
  name               = "reader"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "reader" {
  role = aws_iam_role.reader.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}
