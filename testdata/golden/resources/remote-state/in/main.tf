data "terraform_remote_state" "platform" {
  backend = "s3"

  config = {
    bucket = "example-terraform-state"
    key    = "platform.tfstate"
    region = "eu-west-1"
  }
}
