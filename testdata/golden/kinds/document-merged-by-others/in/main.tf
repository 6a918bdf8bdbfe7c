resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}

data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.data.arn]
  }
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.name
  policy = data.aws_iam_policy_document.read.json
}

# of a provider that nobody knows
data "merge_policy_document" "all" {
  source_policy_documents = [data.aws_iam_policy_document.read.json]
}

resource "aws_sqs_queue_policy" "all" {
  queue_url = "https://sqs.us-east-1.amazonaws.com/111122223333/all"
  policy    = data.merge_policy_document.all.json
}
