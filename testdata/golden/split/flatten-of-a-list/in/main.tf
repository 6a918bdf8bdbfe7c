variable "more" {
  type    = string
  default = "arn:aws:s3:::bucket/*"
}

variable "list" {
  type = list(string)
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "data" {}

resource "aws_iam_role_policy" "app" {
  name = "app"
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = flatten([[aws_kms_key.data.arn], var.more[*]])
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = flatten([aws_kms_key.data.arn, var.list])
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = flatten([[aws_kms_key.data.arn], ["arn:aws:s3:::bucket/*"]])
      }
    ]
  })
}
