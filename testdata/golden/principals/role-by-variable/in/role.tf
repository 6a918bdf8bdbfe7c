variable "role" {}
