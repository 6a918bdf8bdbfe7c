module "service" {
  source  = "../service"
  regions = ["eu"]
}

module "audit_logs" {
  source = "../logs"
  name   = "audit"
}
