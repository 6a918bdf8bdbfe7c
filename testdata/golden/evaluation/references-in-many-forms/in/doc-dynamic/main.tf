resource "aws_iam_role" "app" {
  name               = "doc-dynamic"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "k" {
  description = "k"
}

variable "x" {}

data "aws_iam_policy_document" "named" {
  dynamic "statement" {
    for_each = [aws_kms_key.k.arn]
    iterator = it
    content {
      actions   = ["kms:Decrypt"]
      resources = [it.value]
    }
  }
}

resource "aws_iam_role_policy" "named" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.named.json
}

data "aws_iam_policy_document" "quoted" {
  dynamic "statement" {
    for_each = [aws_kms_key.k.arn]
    iterator = "it"
    content {
      actions   = ["kms:Decrypt"]
      resources = [it.value]
    }
  }
}

resource "aws_iam_role_policy" "quoted" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.quoted.json
}

data "aws_iam_policy_document" "keyed" {
  dynamic "statement" {
    for_each = { a = aws_kms_key.k.arn }
    content {
      actions   = ["kms:Decrypt"]
      resources = [statement.value]
    }
  }
}

resource "aws_iam_role_policy" "keyed" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.keyed.json
}

data "aws_iam_policy_document" "by_key" {
  dynamic "statement" {
    for_each = { (var.x) = aws_kms_key.k.arn }
    content {
      actions   = ["kms:Decrypt"]
      resources = [statement.value]
    }
  }
}

resource "aws_iam_role_policy" "by_key" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.by_key.json
}

data "aws_iam_policy_document" "set" {
  dynamic "statement" {
    for_each = toset([aws_kms_key.k.arn])
    content {
      actions   = ["kms:Decrypt"]
      resources = [statement.key]
    }
  }
}

resource "aws_iam_role_policy" "set" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.set.json
}

data "aws_iam_policy_document" "open" {
  dynamic "statement" {
    for_each = var.x
    content {
      actions   = ["kms:Decrypt"]
      resources = [statement.value]
    }
  }
}

resource "aws_iam_role_policy" "open" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.open.json
}

data "aws_iam_policy_document" "none" {
  dynamic "statement" {
    for_each = []
    content {
      actions   = ["kms:Decrypt"]
      resources = [aws_kms_key.k.arn]
    }
  }
}

resource "aws_iam_role_policy" "none" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.none.json
}

