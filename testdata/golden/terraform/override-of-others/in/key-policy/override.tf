resource "aws_kms_key" "logs" {
  policy = local.key_policy
}
