module "lake" {
  source = "../bucket"
}
