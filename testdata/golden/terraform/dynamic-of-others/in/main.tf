variable "groups" {
  type = list(string)
}

data "aws_iam_policy_document" "scale" {
  statement {
    actions   = ["ec2:DescribeImages"]
    resources = ["*"]
  }

  dynamic "statement" {
    for_each = toset(var.groups)

    content {
      actions   = ["autoscaling:SetDesiredCapacity", "${statement.value}:List*"]
      resources = ["*"]

      condition {
        test     = "StringEquals"
        variable = "aws:ResourceTag/group"
        values   = [statement.value]
      }
    }
  }
}

resource "aws_iam_policy" "scale" {
  policy = data.aws_iam_policy_document.scale.json
}
