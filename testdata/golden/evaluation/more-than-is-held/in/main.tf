locals {
  delegations_0  = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }]
  delegations_1  = concat(local.delegations_0, local.delegations_0)
  delegations_2  = concat(local.delegations_1, local.delegations_1)
  delegations_3  = concat(local.delegations_2, local.delegations_2)
  delegations_4  = concat(local.delegations_3, local.delegations_3)
  delegations_5  = concat(local.delegations_4, local.delegations_4)
  delegations_6  = concat(local.delegations_5, local.delegations_5)
  delegations_7  = concat(local.delegations_6, local.delegations_6)
  delegations_8  = concat(local.delegations_7, local.delegations_7)
  delegations_9  = concat(local.delegations_8, local.delegations_8)
  delegations_10 = concat(local.delegations_9, local.delegations_9)
  delegations_11 = concat(local.delegations_10, local.delegations_10)
  delegations_12 = concat(local.delegations_11, local.delegations_11)
  delegations_13 = concat(local.delegations_12, local.delegations_12)
  delegations_14 = concat(local.delegations_13, local.delegations_13)
  delegations_15 = concat(local.delegations_14, local.delegations_14)
  delegations_16 = concat(local.delegations_15, local.delegations_15)
  delegations_17 = concat(local.delegations_16, local.delegations_16)
}

locals {
  actions_0  = ["kms:Decrypt"]
  actions_1  = concat(local.actions_0, local.actions_0)
  actions_2  = concat(local.actions_1, local.actions_1)
  actions_3  = concat(local.actions_2, local.actions_2)
  actions_4  = concat(local.actions_3, local.actions_3)
  actions_5  = concat(local.actions_4, local.actions_4)
  actions_6  = concat(local.actions_5, local.actions_5)
  actions_7  = concat(local.actions_6, local.actions_6)
  actions_8  = concat(local.actions_7, local.actions_7)
  actions_9  = concat(local.actions_8, local.actions_8)
  actions_10 = concat(local.actions_9, local.actions_9)
  actions_11 = concat(local.actions_10, local.actions_10)
  actions_12 = concat(local.actions_11, local.actions_11)
  actions_13 = concat(local.actions_12, local.actions_12)
  actions_14 = concat(local.actions_13, local.actions_13)
  actions_15 = concat(local.actions_14, local.actions_14)
  actions_16 = concat(local.actions_15, local.actions_15)
  actions_17 = concat(local.actions_16, local.actions_16)
}

resource "aws_kms_key" "data" {
  policy = jsonencode({ Version = "2012-10-17", Statement = local.delegations_17 })
}

resource "aws_kms_key" "plain" {}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt"], Resource = aws_kms_key.data.arn },
      { Effect = "Allow", Action = local.actions_17, Resource = aws_kms_key.plain.arn },
    ]
  })
}
