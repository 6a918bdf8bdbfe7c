resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

data "aws_iam_policy_document" "buckets" {
  statement {
    actions   = ["kms:Decrypt", "kms:DescribeKey"]
    resources = [module.bucket_key["clean"].key_arn, module.bucket_key["raw"].key_arn]
  }
}

resource "aws_iam_role_policy" "buckets" {
  name   = "buckets"
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.buckets.json
}

# Its document has count or for_each by itself
data "aws_iam_policy_document" "queue" {
  statement {
    actions   = ["kms:Decrypt", "kms:DescribeKey"]
    resources = [aws_kms_key.queue["clean"].arn]
  }
}

resource "aws_iam_role_policy" "queue" {
  name   = "queue"
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.queue.json
}
