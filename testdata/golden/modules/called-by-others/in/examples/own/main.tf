module "shown" {
  source      = "git::ssh://git@git.example.com/acme/infra.git//modules/shown?ref=main"
  kms_key_arn = "x"
}
