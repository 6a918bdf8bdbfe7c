module "storage" {
  source = "../storage"
  athena = true
}
