terraform {
  source = "../../../modules//terragrunt?ref=v1"
}

dependency "plain" {
  config_path = "../modules/plain"
}

# source = "../../../modules//commented"
