variable "env" { type = string }

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "more" {
  name               = "more"
  assume_role_policy = "{}"
}

resource "aws_iam_policy" "choice" {
  name = var.env == "prod" ? "read-prod" : "read-dev"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "choice" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.choice.arn
}

resource "aws_iam_role_policy_attachment" "use_choice" {
  role       = aws_iam_role.more.name
  policy_arn = "arn:aws:iam::111122223333:policy/read-prod"
}

resource "aws_iam_policy" "user" {
  name = "see-${var.env}"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "user" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.user.arn
}

resource "aws_iam_user_policy_attachment" "use_user" {
  user       = "ada"
  policy_arn = "arn:aws:iam::111122223333:policy/see-prod"
}

resource "aws_iam_policy" "group" {
  name = "look-${var.env}"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "group" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.group.arn
}

resource "aws_iam_group_policy_attachment" "use_group" {
  group      = "all"
  policy_arn = "arn:aws:iam::111122223333:policy/look-prod"
}

resource "aws_iam_policy" "all" {
  name = "watch-${var.env}"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "all" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.all.arn
}

resource "aws_iam_policy_attachment" "use_all" {
  name       = "all"
  groups     = ["all"]
  policy_arn = "arn:aws:iam::111122223333:policy/watch-prod"
}

resource "aws_iam_policy" "managed" {
  name = "gaze-${var.env}"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "managed" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.managed.arn
}

resource "aws_iam_role" "use_managed" {
  name                = "use_managed"
  managed_policy_arns = ["arn:aws:iam::111122223333:policy/gaze-prod"]
  assume_role_policy  = "{}"
}

resource "aws_iam_policy" "data" {
  name = "view-${var.env}"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "data" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.data.arn
}

data "aws_iam_policy" "use_data" {
  name = "view-prod"
}

resource "aws_iam_policy" "data_partly" {
  name = "fixed-prod"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "data_partly" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.data_partly.arn
}

data "aws_iam_policy" "use_data_partly" {
  name = "fixed-${var.env}"
}

resource "aws_iam_policy" "template" {
  name = "stack-${var.env}"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "template" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.template.arn
}

resource "aws_iam_policy" "same" {
  name = "same-${var.env}"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "same" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.same.arn
}

resource "aws_iam_role_policy_attachment" "use_same" {
  role       = aws_iam_role.more.name
  policy_arn = "arn:aws:iam::111122223333:policy/same-${var.env}"
}

resource "aws_iam_policy" "moves" {
  name = "moves-${var.env}"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.data.arn
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "moves" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.moves.arn
}

resource "aws_iam_role_policy_attachment" "use_moves" {
  role       = aws_iam_role.more.name
  policy_arn = "arn:aws:iam::111122223333:policy/moved"
}
