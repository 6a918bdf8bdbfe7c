resource "aws_kms_key" "data" {}

resource "aws_iam_role" "worker" {
  name               = "worker"
  assume_role_policy = file("${path.module}/trust.json")
}

resource "aws_iam_role_policy" "worker" {
  role = aws_iam_role.worker.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.data.arn
    }]
  })
}

output "role_arn" {
  value      = aws_iam_role.worker.arn
  depends_on = [aws_iam_role_policy.worker]
}
