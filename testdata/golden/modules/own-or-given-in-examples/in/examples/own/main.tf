module "own" {
  source = "../.."
}
