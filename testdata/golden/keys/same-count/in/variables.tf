variable "create" {}
