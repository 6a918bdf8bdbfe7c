variable "settings" {
  type = object({
    key_arn = string
    action  = optional(string, "kms:Decrypt")
    other   = optional(string)
  })
}

variable "list" {
  type = list(object({
    key_arn = string
    actions = optional(list(string), ["kms:Decrypt", "kms:Encrypt"])
  }))
}

variable "map" {
  type = map(object({
    key_arn = string
    actions = optional(set(string))
    prefix  = optional(string)
  }))
}

variable "actions" {
  type     = list(string)
  nullable = false
  default  = ["kms:ReEncryptTo", "kms:Encrypt"]
}

variable "any" {
  nullable = false
}

variable "given" {
  nullable = true
  default  = "kms:Decrypt"
}

variable "numbers" {
  type = tuple([string])
}

variable "env" {
  type = any
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "settings" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = [var.settings.action, "kms:Encrypt"]
        Resource = var.settings.key_arn
      },
      {
        Effect   = "Allow"
        Action   = [var.settings.other == null ? "kms:ReEncryptFrom" : "kms:Sign", "kms:Encrypt"]
        Resource = var.settings.key_arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "list" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      for s in var.list : {
        Effect   = "Allow"
        Action   = s.actions
        Resource = s.key_arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "map" {
  for_each = var.map
  role     = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = each.value.actions
        Resource = each.value.key_arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "null" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = var.actions
        Resource = var.settings.key_arn
      },
      {
        Effect   = "Allow"
        Action   = [coalesce(var.any, "kms:Decrypt"), "kms:Verify"]
        Resource = var.settings.key_arn
      },
      {
        Effect   = "Allow"
        Action   = [var.given == null ? "kms:Sign" : "kms:Decrypt", "kms:GetPublicKey"]
        Resource = var.settings.key_arn
      }
    ]
  })
}
