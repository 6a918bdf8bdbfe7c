variable "more" {
  type = map(string)
}

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "known" {
  for_each = {
    queue = data.aws_iam_policy_document.queue.json
    kms   = data.aws_iam_policy_document.kms.json
  }

  role   = aws_iam_role.app.name
  policy = each.value
}

resource "aws_iam_policy" "unknown" {
  for_each = merge(var.more, {
    kms = data.aws_iam_policy_document.other.json
  })

  policy = each.value
}

resource "aws_iam_role_policy_attachment" "unknown" {
  for_each = aws_iam_policy.unknown

  role       = aws_iam_role.app.name
  policy_arn = each.value.arn
}

data "aws_iam_policy_document" "queue" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "kms" {
  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.data.arn]
  }
}

data "aws_iam_policy_document" "other" {
  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.data.arn]
  }
}

resource "aws_sns_topic_policy" "t" {
  for_each = { a = data.aws_iam_policy_document.kms.json }

  arn    = "arn"
  policy = each.value
}
