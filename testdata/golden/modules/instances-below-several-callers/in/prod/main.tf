module "service" {
  source  = "../service"
  regions = ["eu", "us"]
}

module "audit_logs" {
  source = "../logs"
  name   = "audit"
}
