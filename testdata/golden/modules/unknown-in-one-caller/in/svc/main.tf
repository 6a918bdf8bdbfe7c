variable "kms" { type = string }
variable "name" { type = string }
variable "bucket" {
  type    = string
  default = null
}
variable "actions" {
  type    = set(string)
  default = []
}
resource "aws_iam_role" "task" {
  name               = var.name
  assume_role_policy = "{}"
}
locals {
  object_statements = var.bucket == null ? [] : [
    {
      Effect   = "Allow"
      Action   = ["s3:ListBucket"]
      Resource = var.bucket
    },
    {
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = var.kms
    }
  ]
  queue_statements = length(var.actions) == 0 ? [] : [
    {
      Effect   = "Allow"
      Action   = sort(tolist(var.actions))
      Resource = "*"
    },
    {
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource = var.kms
    }
  ]
  all = concat(local.queue_statements, local.object_statements)
}
resource "aws_iam_role_policy" "task" {
  role = aws_iam_role.task.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = local.all
  })
}
