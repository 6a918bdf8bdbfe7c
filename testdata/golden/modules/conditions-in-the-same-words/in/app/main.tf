variable "key_arn" { type = string }

resource "aws_s3_bucket" "this" {}

resource "aws_iam_role" "this" {
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "this" {
  role = aws_iam_role.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = var.key_arn
        Condition = { StringEquals = { "kms:EncryptionContext:aws:s3:arn" = aws_s3_bucket.this.arn } }
      },
    ]
  })
}

output "role_arn" { value = aws_iam_role.this.arn }
output "bucket_arn" { value = aws_s3_bucket.this.arn }
