provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"
}

resource "aws_kms_key" "default" {
  description = "default"
}

resource "aws_kms_alias" "default" {
  name          = "alias/default"
  target_key_id = aws_kms_key.default.key_id
}

resource "aws_kms_key" "elsewhere" {
  description = "elsewhere"
}

resource "aws_kms_alias" "elsewhere" {
  name          = "alias/elsewhere"
  target_key_id = aws_kms_key.elsewhere.key_id
}

resource "aws_kms_key" "condition" {
  description = "condition"
}

resource "aws_kms_alias" "condition" {
  name          = "alias/condition"
  target_key_id = aws_kms_key.condition.key_id
}

resource "aws_kms_key" "deny" {
  description = "deny"
}

resource "aws_kms_alias" "deny" {
  name          = "alias/deny"
  target_key_id = aws_kms_key.deny.key_id
}

resource "aws_kms_key" "two" {
  description = "two"
}

resource "aws_kms_alias" "two" {
  name          = "alias/two"
  target_key_id = aws_kms_key.two.key_id
}

resource "aws_kms_key" "other_account" {
  description = "other_account"
}

resource "aws_kms_alias" "other_account" {
  name          = "alias/other_account"
  target_key_id = aws_kms_key.other_account.key_id
}

resource "aws_kms_key" "principals" {
  description = "principals"
}

resource "aws_kms_alias" "principals" {
  name          = "alias/principals"
  target_key_id = aws_kms_key.principals.key_id
}

resource "aws_kms_key" "negated" {
  description = "negated"
}

resource "aws_kms_alias" "negated" {
  name          = "alias/negated"
  target_key_id = aws_kms_key.negated.key_id
}

resource "aws_kms_key" "id_only" {
  description = "id_only"
}

resource "aws_kms_alias" "id_only" {
  name          = "alias/id_only"
  target_key_id = aws_kms_key.id_only.key_id
}

resource "aws_kms_key" "one_action" {
  description = "one_action"
}

resource "aws_kms_alias" "one_action" {
  name          = "alias/one_action"
  target_key_id = aws_kms_key.one_action.key_id
}

resource "aws_kms_key" "one_resource" {
  description = "one_resource"
}

resource "aws_kms_alias" "one_resource" {
  name          = "alias/one_resource"
  target_key_id = aws_kms_key.one_resource.key_id
}

resource "aws_kms_key" "service" {
  description = "service"
}

resource "aws_kms_alias" "service" {
  name          = "alias/service"
  target_key_id = aws_kms_key.service.key_id
}

resource "aws_kms_key" "deleted" {
  description = "deleted"
}

resource "aws_kms_alias" "deleted" {
  name          = "alias/deleted"
  target_key_id = aws_kms_key.deleted.key_id
}

data "aws_kms_alias" "shared" {
  name = "alias/shared"
}

data "aws_kms_alias" "nothing" {
  name = "alias/nothing"
}

data "aws_kms_alias" "far" {
  name = "alias/far"
}

data "aws_kms_alias" "unknown" {
  name = "alias/unknown"
}

data "aws_kms_key" "by_id" {
  key_id = "00000050-1111-2222-3333-444444444444"
}

data "aws_kms_key" "aws" {
  key_id = "00000052-1111-2222-3333-444444444444"
}

data "aws_kms_key" "far" {
  key_id = "00000053-1111-2222-3333-444444444444"
}

data "aws_kms_key" "none" {
  key_id = "00000098-1111-2222-3333-444444444444"
}

data "aws_kms_key" "by_arn" {
  key_id = "arn:aws:kms:eu-west-1:111122223333:alias/default"
}
