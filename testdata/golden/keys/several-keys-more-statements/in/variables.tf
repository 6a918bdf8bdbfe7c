variable "more" {
  type = list(any)
}
