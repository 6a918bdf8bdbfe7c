provider "aws" {
  alias               = "keys"
  allowed_account_ids = ["222222222222"]
}
