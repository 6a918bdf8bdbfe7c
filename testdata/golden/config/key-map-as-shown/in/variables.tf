variable "key_arn" {}
