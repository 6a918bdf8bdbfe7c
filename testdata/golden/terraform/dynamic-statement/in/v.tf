variable "keys" {}
