variable "on" {
  type = bool
}

variable "more" {
  type = list(string)
}

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "other" {
  name               = "other"
  assume_role_policy = "{}"
}

resource "aws_iam_policy" "open" {
  name = "open"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_policy_attachment" "open" {
  name       = "open"
  roles      = concat([aws_iam_role.app.name], var.more)
  policy_arn = aws_iam_policy.open.arn
}

resource "aws_iam_policy" "at_times" {
  name = "at-times"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_policy_attachment" "at_times" {
  name       = "at_times"
  roles      = concat([aws_iam_role.app.name], var.on ? [aws_iam_role.other.name] : [])
  policy_arn = aws_iam_policy.at_times.arn
}

resource "aws_iam_policy" "nobody" {
  name = "nobody"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_policy_attachment" "nobody" {
  name       = "nobody"
  roles      = null
  policy_arn = aws_iam_policy.nobody.arn
}

resource "aws_iam_policy" "some" {
  name = "some"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_policy_attachment" "some" {
  name       = "some"
  roles      = var.on ? [aws_iam_role.app.name] : null
  policy_arn = aws_iam_policy.some.arn
}

resource "aws_iam_policy" "literal_one" {
  name = "literal-one"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_policy" "literal_two" {
  name = "literal-two"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_policy_attachment" "literal" {
  name       = "literal"
  roles      = [aws_iam_role.app.name]
  policy_arn = "arn:aws:iam::111122223333:policy/literal-two"
}

resource "aws_iam_policy_attachment" "path" {
  name       = "path"
  roles      = [aws_iam_role.app.name]
  policy_arn = "path/literal-one"
}

resource "aws_iam_policy" "chosen" {
  name = "chosen"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_policy_attachment" "chosen" {
  name       = "chosen"
  roles      = [aws_iam_role.app.name]
  policy_arn = var.on ? aws_iam_policy.chosen.arn : null
}

resource "aws_iam_policy" "ignored" {
  name = "ignored"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.data.arn
    }]
  })

  lifecycle {
    ignore_changes = [policy]
  }
}

resource "aws_iam_policy_attachment" "ignored" {
  name       = "ignored"
  roles      = [aws_iam_role.app.name]
  policy_arn = aws_iam_policy.ignored.arn
}

resource "aws_iam_policy" "not_ignored" {
  name = "not-ignored"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = aws_kms_key.data.arn
    }]
  })

  lifecycle {
    ignore_changes = tags
  }
}

resource "aws_iam_policy_attachment" "not_ignored" {
  name       = "not_ignored"
  roles      = [aws_iam_role.app.name]
  policy_arn = aws_iam_policy.not_ignored.arn
}

resource "aws_iam_role_policy" "exclusive" {
  name = "exclusive"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_role_policy" "beside" {
  name = "beside"
  role = aws_iam_role.other.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_role_policies_exclusive" "app" {
  role_name    = aws_iam_role.app.name
  policy_names = [aws_iam_role_policy.exclusive.name, "kept"]
}

resource "aws_iam_policy" "alone" {
  name = "alone"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.data.arn
    }]
  })
}

resource "aws_iam_role_policy_attachment" "alone" {
  role       = aws_iam_role.other.name
  policy_arn = aws_iam_policy.alone.arn
}

resource "aws_lambda_function" "waits" {
  function_name = "waits"
  role          = aws_iam_role.other.arn
  depends_on    = [aws_iam_role_policy_attachment.alone, aws_iam_role_policy.beside]
}

resource "aws_iam_role" "dynamic" {
  name               = "dynamic"
  assume_role_policy = "{}"

  dynamic "inline_policy" {
    for_each = [{
      name   = "kms"
      policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.data.arn }] })
    }]

    content {
      name   = inline_policy.value["name"]
      policy = inline_policy.value["policy"]
    }
  }
}

resource "aws_iam_role" "endless" {
  name               = "endless"
  assume_role_policy = "{}"

  dynamic "inline_policy" {
    content {
      name   = "kms"
      policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.data.arn }] })
    }
  }
}
