resource "aws_kms_key" "shard" {
  for_each = toset(["a", "b"])

  description         = "Encrypts shard ${each.key}"
  enable_key_rotation = true
}
