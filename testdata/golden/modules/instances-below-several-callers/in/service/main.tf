variable "regions" {
  type = set(string)
}

locals {
  queues = {
    orders   = "fast"
    invoices = "slow"
  }
}

module "web_logs" {
  source = "../logs"
  name   = "web"
}

module "queue_logs" {
  for_each = local.queues

  source = "../logs"
  name   = each.key
}

module "shard_logs" {
  count = 2

  source = "../logs"
  name   = "shard-${count.index}"
}

module "mixed_logs" {
  for_each = toset(["a", "b"])

  source = "../logs"
  name   = each.key
}

module "region_logs" {
  for_each = var.regions

  source = "../logs"
  name   = each.key
}

resource "aws_iam_role" "web" {
  name               = "web"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "queue" {
  for_each = local.queues

  name               = "queue-${each.key}"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "shard" {
  count = 2

  name               = "shard-${count.index}"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "region" {
  for_each = var.regions

  name               = "region-${each.key}"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "web" {
  role = aws_iam_role.web.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = module.web_logs.key_arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "queue" {
  for_each = local.queues

  role = aws_iam_role.queue[each.key].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = module.queue_logs[each.key].key_arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "shard" {
  count = 2

  role = aws_iam_role.shard[count.index].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = module.shard_logs[count.index].key_arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "mixed" {
  role = aws_iam_role.web.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = module.mixed_logs["a"].key_arn
      }
    ]
  })
}

resource "aws_iam_role_policy" "region" {
  for_each = var.regions

  role = aws_iam_role.region[each.key].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt"]
        Resource = module.region_logs[each.key].key_arn
      }
    ]
  })
}
