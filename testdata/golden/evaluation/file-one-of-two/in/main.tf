resource "aws_kms_key" "k" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Enable"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_iam_role" "r" {
  name = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

variable "live" {
  type = bool
}

resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.name
  policy = templatefile(var.live ? "live.json" : "trial.json", { key = aws_kms_key.k.arn })
}

resource "aws_iam_role_policy" "q" {
  role   = aws_iam_role.r.name
  policy = file(var.live ? "${path.module}/all.json" : "${path.module}/none.json")
}
