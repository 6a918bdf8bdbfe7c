variable "more" { default = true }
resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}
resource "aws_kms_key" "a" {}
resource "aws_kms_key" "b" {}
resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = ["*"] }],
      var.more ? [
        { Effect = "Allow", Action = ["kms:Decrypt"], Resource = [aws_kms_key.a.arn] },
        { Effect = "Allow", Action = ["kms:Decrypt"], Resource = [aws_kms_key.b.arn] },
      ] : []
    )
  })
}
