variable "description" {
  type = string
}

variable "reader" {
  type = string
}
