variable "enabled" {
  type = bool
}
