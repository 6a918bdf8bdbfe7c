variable "policy" {
  type    = string
  default = null
}

resource "aws_kms_key" "this" {
  policy = var.policy
}

resource "aws_kms_alias" "own" {
  count         = var.policy == null ? 0 : 1
  name          = "alias/own"
  target_key_id = aws_kms_key.this.id
}

output "arn" {
  value = aws_kms_key.this.arn
}
