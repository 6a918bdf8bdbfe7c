variable "root" {
  type = string
}

module "remote" {
  source      = "git::ssh://git@git.example.com/acme/infra.git//modules/remote?ref=main"
  kms_key_arn = "x"
}

module "computed" {
  source      = "${var.root}/computed"
  kms_key_arn = "x"
}

module "registry" {
  source = "acme/plain/aws"
}
