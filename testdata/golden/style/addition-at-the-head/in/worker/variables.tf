variable "key" {}
