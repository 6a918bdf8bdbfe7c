variable "prefix" {}

resource "aws_iam_role" "worker" {
  name = "${var.prefix}-worker"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

output "name" {
  value = aws_iam_role.worker.name
}
