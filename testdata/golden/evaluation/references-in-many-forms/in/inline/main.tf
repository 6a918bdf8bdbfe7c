resource "aws_kms_key" "k" {
  description = "k"
}

resource "aws_iam_role" "plain" {
  name               = "inline-plain"
  assume_role_policy = "{}"

  inline_policy {
    name   = "plain"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
  }
}

resource "aws_iam_role" "ignored" {
  name               = "inline-ignored"
  assume_role_policy = "{}"

  inline_policy {
    name   = "ignored"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
  }

  lifecycle {
    ignore_changes = [inline_policy]
  }
}

resource "aws_iam_role" "all" {
  name               = "inline-all"
  assume_role_policy = "{}"

  inline_policy {
    name   = "all"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
  }

  lifecycle {
    ignore_changes = all
  }
}

resource "aws_iam_role" "tags" {
  name               = "inline-tags"
  assume_role_policy = "{}"

  inline_policy {
    name   = "tags"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
  }

  lifecycle {
    ignore_changes = [tags]
  }
}

resource "aws_iam_role" "empty" {
  name               = "inline-empty"
  assume_role_policy = "{}"

  inline_policy {
    name   = "empty"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
  }

  inline_policy {}
}

resource "aws_iam_role" "arns" {
  name               = "inline-arns"
  assume_role_policy = "{}"

  inline_policy {
    name   = "arns"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
  }
  managed_policy_arns = []
}

resource "aws_iam_role" "exclusive" {
  name               = "inline-exclusive"
  assume_role_policy = "{}"

  inline_policy {
    name   = "exclusive"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
  }
}

resource "aws_iam_role_policies_exclusive" "x" {
  role_name    = aws_iam_role.exclusive.name
  policy_names = ["exclusive"]
}
