resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_iam_role" "a" {
  name               = "a"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "b" {
  name               = "b"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "r" {
  for_each           = toset(["alpha", "beta"])
  name               = "r-${each.key}"
  assume_role_policy = "{}"
}

data "aws_iam_policy_document" "p" {
  statement {
    actions   = ["kms:Decrypt", "kms:Encrypt"]
    resources = [aws_kms_key.data.arn]
  }
}

resource "aws_iam_policy" "p" {
  name   = "p"
  policy = data.aws_iam_policy_document.p.json
}

resource "aws_iam_role_policy_attachment" "p" {
  for_each   = toset([for r in aws_iam_role.r : r.name])
  role       = each.value
  policy_arn = aws_iam_policy.p.arn
}
