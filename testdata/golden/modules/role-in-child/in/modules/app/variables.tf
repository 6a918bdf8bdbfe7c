variable "key_arn" {
  type = string
}
