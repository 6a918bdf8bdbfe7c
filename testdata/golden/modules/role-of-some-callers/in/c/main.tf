module "storage" {
  source = "../storage"
  athena = false
}
