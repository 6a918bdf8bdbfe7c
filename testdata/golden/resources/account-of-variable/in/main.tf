provider "aws" {
  region = "eu-west-1"
}

variable "security_account_id" {
  type = string
}
