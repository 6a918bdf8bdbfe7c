locals {
  buckets = ["a"]
}

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"

  dynamic "inline_policy" {
    for_each = {
      for name, text in {
        queue   = data.aws_iam_policy_document.queue.json
        objects = length(local.buckets) > 0 ? data.aws_iam_policy_document.objects.json : null
      } : name => text if text != null
    }

    content {
      name   = inline_policy.key
      policy = inline_policy.value
    }
  }
}

data "aws_iam_policy_document" "queue" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "objects" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }

  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.data.arn]
  }
}
