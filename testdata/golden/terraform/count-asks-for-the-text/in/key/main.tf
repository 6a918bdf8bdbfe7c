variable "policy" {
  type = string
}

variable "name" {
  type    = string
  default = ""
}

resource "aws_kms_key" "this" {
  policy = var.policy
}

resource "aws_kms_alias" "this" {
  count = var.name == "" ? 0 : 1

  name          = "alias/named"
  target_key_id = aws_kms_key.this.key_id
}

output "arn" {
  value = aws_kms_key.this.arn
}
