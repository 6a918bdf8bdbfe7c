mock_provider "aws" {}

# source = "./modules/untested"
run "key" {
  module {
    source = "./modules/run"
  }

  variables {
    name = "x"
  }
}

run "registry" {
  module {
    source = "terraform-aws-modules/untested/aws"
  }
}
