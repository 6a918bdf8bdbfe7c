variable "environment" {
  description = "Of all modules"
  type        = string
  default     = "dev"
}

variable "owner" {
  description = "Of all modules"
  type        = string
  default     = "team"
}
