resource "aws_kms_key" "app" {}

resource "aws_iam_role" "app " {
  assume_role_policy = "{}"

  inline_policy {
    name = "kms"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = aws_kms_key.app.arn
      }]
    })
  }
}
