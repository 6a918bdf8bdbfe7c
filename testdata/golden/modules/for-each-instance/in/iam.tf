resource "aws_iam_role" "reader" {
  name               = "reader"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role" "writer" {
  name               = "writer"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "reader" {
  statement {
    actions = ["kms:Decrypt", "kms:DescribeKey"]
    resources = [
      module.bucket_key["clean"].key_arn,
      module.bucket_key["archive"].key_arn,
      aws_kms_key.queue["slow"].arn,
      aws_kms_key.table[1].arn
    ]
  }
}

resource "aws_iam_role_policy" "reader" {
  name   = "reader"
  role   = aws_iam_role.reader.id
  policy = data.aws_iam_policy_document.reader.json
}

data "aws_iam_policy_document" "writer" {
  statement {
    actions = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [
      module.bucket_key["incoming"].key_arn,
      aws_kms_key.queue["slow"].arn,
      aws_kms_key.queue["fast"].arn
    ]
  }
}

resource "aws_iam_role_policy" "writer" {
  name   = "writer"
  role   = aws_iam_role.writer.id
  policy = data.aws_iam_policy_document.writer.json
}
